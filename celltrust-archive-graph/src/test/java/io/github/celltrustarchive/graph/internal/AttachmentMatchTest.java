// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.celltrustarchive.graph.internal.AttachmentMatch.Listed;
import io.github.celltrustarchive.model.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachmentMatchTest {

    private static final GraphAttachment SMALL = attachment(0, "a.jpg", 10);
    private static final GraphAttachment LARGE = attachment(1, "a.jpg", 500);
    private static final GraphAttachment OTHER = attachment(2, "b.jpg", 20);
    private static final List<GraphAttachment> ALL = List.of(SMALL, LARGE, OTHER);

    private static GraphAttachment attachment(int ordinal, String name, int size) {
        return new GraphAttachment(ordinal, name, "image/jpeg", null, false, Content.of(new byte[size]));
    }

    @Test
    void nothingListedMeansAllAreMissing() {
        assertThat(AttachmentMatch.missing(ALL, List.of())).contains(ALL);
    }

    @Test
    void allListedMeansNothingIsMissingInWhateverOrder() {
        assertThat(AttachmentMatch.missing(
                        ALL, List.of(new Listed("b.jpg", 300), new Listed("a.jpg", 800), new Listed("a.jpg", 310))))
                .contains(List.of());
    }

    @Test
    void ofOneNameTheFirstOnesAreThere() {
        assertThat(AttachmentMatch.missing(ALL, List.of(new Listed("a.jpg", 310))))
                .contains(List.of(LARGE, OTHER));
    }

    @Test
    void listedSmallerThanWrittenOrMoreOftenIsSomebodyElsesWork() {
        assertThat(AttachmentMatch.missing(ALL, List.of(new Listed("b.jpg", 19))))
                .isEmpty();
        assertThat(AttachmentMatch.missing(ALL, List.of(new Listed("b.jpg", 20), new Listed("b.jpg", 20))))
                .isEmpty();
    }

    @Test
    void whatSomebodyAddedUnderAnotherNameDoesNotMatter() {
        assertThat(AttachmentMatch.missing(ALL, List.of(new Listed("notes.txt", 5))))
                .contains(ALL);
    }
}
