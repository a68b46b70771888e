// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.celltrustarchive.model.Mailbox;
import io.github.celltrustarchive.model.Mapping;
import io.github.celltrustarchive.model.Participant;
import io.github.celltrustarchive.model.ParticipantRole;
import io.github.celltrustarchive.spi.ArchiveException;
import io.github.celltrustarchive.testkit.LoopbackTls;
import io.github.celltrustarchive.testkit.ManualClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphUserMapperTest {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
    private static final String ANN =
            "{\"id\":\"id-ann\",\"mail\":\"ann@contoso.example\",\"userPrincipalName\":\"ann@contoso.example\"}";

    @TempDir
    static Path folder;

    private static LoopbackTls tls;

    private final ManualClock clock = new ManualClock(AT);
    private final AtomicInteger tokensGiven = new AtomicInteger();
    private StubDirectory directory;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = LoopbackTls.create(folder);
    }

    @BeforeEach
    void start() throws IOException {
        directory = new StubDirectory(tls);
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    @Test
    void everyOptionOutOfItsBoundsIsNamedAtOnce() {
        HttpClient wanderer = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        GraphUserMapperBuilder builder = GraphUserMapper.builder(
                        MicrosoftCloud.GLOBAL, (scope, refused) -> new AccessToken("t", AT))
                .ownedDomains(List.of("no domain"))
                .group(" ")
                .cacheSize(0)
                .hitLifetime(Duration.ofSeconds(Long.MAX_VALUE))
                .missLifetime(Duration.ofSeconds(-1))
                .httpClient(wanderer);

        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContainingAll(
                        "no domain", "group", "cacheSize", "hitLifetime", "missLifetime", "redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail eq 'ann@contoso.example'",
                "proxyAddresses/any(p:p eq 'smtp:ann@contoso.example')",
                "userPrincipalName eq 'ann@contoso.example'",
                "otherMails/any(m:m eq 'ann@contoso.example')"
            })
    void anAddressIsFoundWhereverTheDirectoryHasIt(String filter) throws Exception {
        directory.user(filter, ANN);

        Mapping mapping = builder().build().map(email("Ann@Contoso.example"), AT);

        assertThat(mapping)
                .isEqualTo(Mapping.to(
                        new Mailbox("id-ann", "ann@contoso.example"), "directory:" + filter.split("[ /]", -1)[0]));
    }

    @Test
    void aQuoteInAnAddressStaysInsideTheText() throws Exception {
        directory.user("mail eq 'o''brien@contoso.example'", ANN);

        assertThat(builder().build().map(email("o'brien@contoso.example"), AT)).isInstanceOf(Mapping.Mapped.class);
    }

    @Test
    void anAddressThatIsNoneIsNeverAskedFor() throws Exception {
        Mapping mapping = builder().build().map(email("x' or mail ne '@contoso.example"), AT);

        assertThat(mapping).isInstanceOf(Mapping.Unmapped.class);
        assertThat(directory.asked).isEmpty();
    }

    @Test
    void whyAParticipantDidNotMapIsSaid() throws Exception {
        directory.user("mail eq 'two@contoso.example'", ANN);
        directory.user("mail eq 'two@contoso.example'", ANN.replace("id-ann", "id-other"));
        directory.user("mail eq 'guest@contoso.example'", ANN.replace("}", ",\"userType\":\"Guest\"}"));
        directory.user("mail eq 'none@contoso.example'", "{\"id\":\"id-none\",\"mail\":null}");
        GraphUserMapper mapper = builder().build();

        assertThat(mapper.map(email("nobody@contoso.example"), AT))
                .isEqualTo(Mapping.unmapped("no user of the directory has this address"));
        assertThat(mapper.map(email("two@contoso.example"), AT))
                .isEqualTo(Mapping.unmapped("several users of the directory have it (mail)"));
        assertThat(mapper.map(email("guest@contoso.example"), AT))
                .isEqualTo(Mapping.unmapped("the user is a guest of another tenant"));
        assertThat(mapper.map(email("none@contoso.example"), AT))
                .isEqualTo(Mapping.unmapped("the user has no mailbox"));
        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.FROM, "+12025550100"), AT))
                .isEqualTo(Mapping.unmapped("no mapping for this number and no email address"));
    }

    @Test
    void anAddressOutsideTheOwnedDomainsIsExternalAndNotAskedFor() throws Exception {
        GraphUserMapper mapper =
                builder().ownedDomains(List.of("Contoso.example")).build();

        assertThat(mapper.map(email("bob@elsewhere.example"), AT)).isEqualTo(Mapping.external());
        assertThat(directory.asked).isEmpty();
    }

    @Test
    void aNumberIsFoundHoweverItIsSpelled() throws Exception {
        directory.user("mobilePhone eq '+12025550100'", ANN);
        GraphUserMapper mapper = builder().phones(true).build();

        assertThat(mapper.map(Participant.ofPhone(ParticipantRole.FROM, "12025550100"), AT))
                .isEqualTo(Mapping.to(new Mailbox("id-ann", "ann@contoso.example"), "directory:mobilePhone"));
    }

    @Test
    void onlyMembersOfTheGroupAreMappedOverAllPages() throws Exception {
        String first = "/v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999";
        directory.answersByPath.put(
                first,
                "{\"value\":[{\"id\":\"id-x\"}],\"@odata.nextLink\":\""
                        + directory.cloud().graph() + "/v1.0/groups/g1/more?page=2\"}");
        directory.answersByPath.put("/v1.0/groups/g1/more?page=2", "{\"value\":[{\"id\":\"id-ann\"}]}");
        directory.user("mail eq 'ann@contoso.example'", ANN);
        directory.user("mail eq 'out@contoso.example'", ANN.replace("id-ann", "id-out"));
        GraphUserMapper mapper = builder().group("g1").build();

        assertThat(mapper.map(email("ann@contoso.example"), AT)).isInstanceOf(Mapping.Mapped.class);
        assertThat(mapper.map(email("out@contoso.example"), AT))
                .isEqualTo(Mapping.unmapped("the user isn't in the group that is archived"));
    }

    @Test
    void aNextLinkToAnotherHostIsNotFollowedAndGetsNoToken() throws Exception {
        directory.answersByPath.put(
                "/v1.0/groups/g1/transitiveMembers/microsoft.graph.user?$count=true&$select=id&$top=999",
                "{\"value\":[],\"@odata.nextLink\":\"https://evil.example/v1.0/x\"}");
        directory.user("mail eq 'ann@contoso.example'", ANN);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> builder().group("g1").build().map(email("ann@contoso.example"), AT))
                .withMessageContaining("leads away");
    }

    @Test
    void hitsAndMissesAreKeptForAsLongAsTheyAreGood() throws Exception {
        directory.user("mail eq 'ann@contoso.example'", ANN);
        GraphUserMapper mapper = builder().build();
        mapper.map(email("ann@contoso.example"), AT);
        mapper.map(email("nobody@contoso.example"), AT);
        int first = directory.asked.size();

        mapper.map(email("ANN@contoso.example"), AT);
        mapper.map(email("nobody@contoso.example"), AT);
        assertThat(directory.asked).hasSize(first);
        clock.advance(Duration.ofMinutes(5));
        mapper.map(email("ann@contoso.example"), AT);
        assertThat(directory.asked).hasSize(first);
        mapper.map(email("nobody@contoso.example"), AT);
        assertThat(directory.asked).hasSize(first + 4);
    }

    @Test
    void anAddressFromACsvFileGetsTheDirectorysIdentity() throws Exception {
        directory.user("mail eq 'alias@contoso.example'", ANN);
        GraphUserMapper mapper = builder().build();

        Mapping mapping = mapper.identifying((participant, at) ->
                        Mapping.to(new Mailbox("alias@contoso.example", "alias@contoso.example"), "csv:line 2"))
                .map(email("whoever@contoso.example"), AT);

        assertThat(mapping)
                .isEqualTo(Mapping.to(new Mailbox("id-ann", "ann@contoso.example"), "csv:line 2, directory:mail"));
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndTheRequestRepeated() throws Exception {
        directory.user("mail eq 'ann@contoso.example'", ANN);
        directory.refusedToken = "t1";

        assertThat(builder().build().map(email("ann@contoso.example"), AT)).isInstanceOf(Mapping.Mapped.class);
        assertThat(directory.tokens).containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void anAnswerThatIsNoneIsTriedAgainAndADeniedDirectoryEndsTheRun() {
        directory.status = 503;
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> builder().build().map(email("ann@contoso.example"), AT));
        directory.status = 429;
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> builder().build().map(email("ann@contoso.example"), AT))
                .matches(e -> e.notBefore().isPresent());
        directory.status = 403;
        directory.error = "{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"ann@contoso.example\"}}";
        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> builder().build().map(email("ann@contoso.example"), AT))
                .matches(e -> e.remedy() == ArchiveException.Remedy.STOP)
                .withMessageContaining("User.Read.All")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ann@"));
    }

    private GraphUserMapperBuilder builder() {
        TokenSource tokens = (scope, refused) ->
                new AccessToken("t" + (refused == null ? 1 : 1 + tokensGiven.incrementAndGet()), AT.plusSeconds(3600));
        return GraphUserMapper.builder(directory.cloud(), tokens)
                .httpClient(directory.client())
                .clock(clock);
    }

    private static Participant email(String address) {
        return Participant.ofEmail(ParticipantRole.TO, address);
    }
}
