// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Microsoft Graph says when it refuses.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/graph/errors">Microsoft Graph error responses and resource types</a>. The
 * spelling of codes is reliable, statuses vary, so that the code decides before the status.
 *
 * @param status the HTTP status
 * @param code the error's code, empty if there is none that can be read
 * @param meaning what it means for the archive
 * @param requestId what Microsoft's support asks for, or null
 * @param retryAfter how long to wait, if the answer says so
 */
record GraphError(
        int status, String code, Meaning meaning, @Nullable String requestId, Optional<Duration> retryAfter) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,80}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** What an error means; {@link GraphErrorTable} knows which is which. */
    enum Meaning {
        /** Too much at once: nothing was done. */
        THROTTLED("is asked too much at once", "wait"),
        /** Trouble at Microsoft: what was asked may have been done all the same. */
        TRANSIENT("has trouble", "wait"),
        /** The answer isn't Graph's own: what was asked may have been done all the same. */
        NOT_FROM_GRAPH("didn't answer itself, but something between did", "look at proxy and firewall"),
        /** The token is refused. */
        UNAUTHENTICATED("refuses the token", "check the credentials and the cloud"),
        /** This mailbox is not the application's to write to. */
        ACCESS_DENIED("refuses access to this mailbox", "grant Mail.ReadWrite for it, or take it out of the mapping"),
        /** The directory is not the application's to read. */
        DIRECTORY_DENIED("refuses access to the directory", "grant User.Read.All, or map by CSV"),
        /** There is no such user or mailbox. */
        NO_MAILBOX("knows no such mailbox", "check the mapping and the licence"),
        /** The mailbox is full. */
        MAILBOX_FULL("says the mailbox is full", "make room in it or raise its quota"),
        /** The mailbox can define no more named properties. */
        NAMED_PROPERTIES_FULL(
                "says the mailbox can define no more named properties",
                "see Microsoft's article on the named properties quota"),
        /** The folder holds too many messages. */
        FOLDER_FULL("says the folder holds too many messages", "archive into another folder"),
        /** The folder, message or session is gone. */
        NOT_FOUND("doesn't find it", "nothing: it is looked up anew"),
        /** It is there already, or was changed meanwhile. */
        CONFLICT("says it is there already", "nothing: it is looked up anew"),
        /** The message or attachment is too large. */
        TOO_LARGE("says it is too large", "raise the mailbox's limit, or set a SizePolicy"),
        /** An upload session was asked for where a single request is due. */
        TOO_SMALL_FOR_SESSION("wants a single request for so small an attachment", "nothing: it is sent so"),
        /** The request is one that Graph doesn't take: a bug, or a message that must be looked at. */
        BAD_REQUEST("refuses the request", "report it with the request id");

        private final String words;
        private final String whatToDo;

        Meaning(String words, String whatToDo) {
            this.words = words;
            this.whatToDo = whatToDo;
        }
    }

    /** Reads an answer that is no success. */
    static GraphError read(int status, HttpHeaders headers, byte[] body, Instant now) {
        String code = "";
        String message = "";
        try {
            JsonNode error = JSON.readTree(body).path("error");
            code = error.path("code").asText("");
            message = error.path("message").asText("");
        } catch (IOException e) {
            // not JSON: a proxy's page, say; the status alone decides
        }
        code = CODE.matcher(code).matches() ? code : "";
        return new GraphError(
                status,
                code,
                GraphErrorTable.meaning(status, code, message),
                headers.firstValue("request-id")
                        .filter(id -> REQUEST_ID.matcher(id).matches())
                        .orElse(null),
                headers.firstValue("Retry-After").flatMap(value -> RetryAfter.read(value, now)));
    }

    /** Whether it is certain that nothing was done. */
    boolean certainlyNotDone() {
        return meaning != Meaning.TRANSIENT && meaning != Meaning.NOT_FROM_GRAPH;
    }

    /** For people: what happened and what to do. Graph's own message may quote the request and is left out. */
    String text() {
        return "Microsoft Graph " + meaning.words + " (" + status + (code.isEmpty() ? "" : " " + code)
                + (requestId == null ? "" : ", request-id " + requestId) + "): " + meaning.whatToDo;
    }
}
