// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.mail;

import io.github.celltrustarchive.model.Attachment;
import io.github.celltrustarchive.model.AttachmentSummary;
import io.github.celltrustarchive.model.ConnectorProfile;
import io.github.celltrustarchive.model.DigestedContent;
import io.github.celltrustarchive.model.ItemKey;
import io.github.celltrustarchive.model.SizePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides of each attachment whether it is shown, only attached, or over the size policy and left out. Used once. */
final class AttachmentParts {

    /** A larger picture is only attached: readers on phones load what the text shows at once. */
    static final long MAX_SHOWN_BYTES = 10_000_000;

    /** More pictures are only attached. */
    static final int MAX_SHOWN = 50;

    private final SizePolicy policy;
    private final String domain;
    private final ItemKey key;
    private final boolean showPictures;
    private final Set<Note> notes;
    private final List<AttachmentPart> parts = new ArrayList<>();
    private long size;
    private int shown;

    /** With what text there is already counted against the policy. */
    AttachmentParts(ConnectorProfile profile, ItemKey key, long textBytes, boolean showPictures, Set<Note> notes) {
        this.policy = profile.sizePolicy();
        this.domain = profile.domain();
        this.key = key;
        this.showPictures = showPictures;
        this.notes = notes;
        size = textBytes;
    }

    /** Adds an item's attachments; returns what the envelope says of them. */
    List<AttachmentSummary> addAll(List<Attachment> attachments) throws IOException {
        List<AttachmentSummary> summaries = new ArrayList<>(attachments.size());
        for (Attachment attachment : attachments) {
            DigestedContent content = DigestedContent.of(attachment.content());
            boolean leftOut = !add(attachment.fileName(), attachment.mediaType(), content, showPictures);
            summaries.add(new AttachmentSummary(
                    attachment.fileName(), attachment.mediaType(), content.size(), content.sha256(), leftOut));
        }
        return summaries;
    }

    /** Adds a part; false if only a note of it. */
    boolean add(String fileName, String mediaType, DigestedContent content, boolean show) {
        String name = FileNames.display(fileName, parts.size() + 1, notes);
        String type = MediaTypes.safe(mediaType, notes);
        if (content.size() > policy.maxAttachmentBytes() || content.size() > policy.maxMessageBytes() - size) {
            parts.add(AttachmentPart.leftOut(name, type, content, key.hex(), notes));
            return false;
        }
        size += content.size();
        if (show && isShowable(type, content.size())) {
            shown++;
            String contentId = "picture-" + shown + "." + key.hex().substring(0, 32) + "@" + domain;
            parts.add(AttachmentPart.shown(name, type, content, contentId, notes));
        } else {
            parts.add(AttachmentPart.attached(name, type, content, notes));
        }
        return true;
    }

    private boolean isShowable(String type, long bytes) {
        return MediaTypes.isPicture(type) && bytes > 0 && bytes <= MAX_SHOWN_BYTES && shown < MAX_SHOWN;
    }

    /** In the order in which they were added. */
    List<AttachmentPart> all() {
        return parts;
    }
}
