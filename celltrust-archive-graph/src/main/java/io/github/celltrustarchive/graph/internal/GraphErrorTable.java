// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import static java.util.Map.entry;

import io.github.celltrustarchive.graph.internal.GraphError.Meaning;
import java.util.Locale;
import java.util.Map;

/**
 * The one place that knows what Graph's error codes mean; codes first, statuses where a code says nothing. A refusal without any
 * code is hardly Graph's: something between, which may have taken a success away (a filter that reads answers, say), so that
 * it proves nothing.
 */
final class GraphErrorTable {

    private static final Map<String, Meaning> CODES = Map.ofEntries(
            entry("ApplicationThrottled", Meaning.THROTTLED),
            entry("TooManyRequests", Meaning.THROTTLED),
            entry("ErrorExceededConnectionCount", Meaning.THROTTLED),
            entry("ErrorInternalServerError", Meaning.TRANSIENT),
            entry("ErrorInternalServerTransientError", Meaning.TRANSIENT),
            entry("ErrorServerBusy", Meaning.TRANSIENT),
            entry("ErrorTimeoutExpired", Meaning.TRANSIENT),
            entry("ErrorMailboxStoreUnavailable", Meaning.TRANSIENT),
            entry("ErrorMailboxMoveInProgress", Meaning.TRANSIENT),
            entry("ErrorMailboxFailover", Meaning.TRANSIENT),
            entry("ErrorInsufficientResources", Meaning.TRANSIENT),
            entry("ErrorConnectionFailed", Meaning.TRANSIENT),
            entry("ServiceNotAvailable", Meaning.TRANSIENT),
            entry("UnknownError", Meaning.TRANSIENT),
            entry("InvalidAuthenticationToken", Meaning.UNAUTHENTICATED),
            entry("AuthenticationError", Meaning.UNAUTHENTICATED),
            entry("ErrorAccessDenied", Meaning.ACCESS_DENIED),
            entry("Authorization_RequestDenied", Meaning.DIRECTORY_DENIED),
            entry("MailboxNotEnabledForRESTAPI", Meaning.NO_MAILBOX),
            entry("ResourceNotFound", Meaning.NO_MAILBOX),
            entry("Request_ResourceNotFound", Meaning.NO_MAILBOX),
            entry("ErrorInvalidUser", Meaning.NO_MAILBOX),
            entry("ErrorNonExistentMailbox", Meaning.NO_MAILBOX),
            entry("QuotaExceededException", Meaning.MAILBOX_FULL),
            entry("ErrorMessagePerFolderCountReceiveQuotaExceeded", Meaning.FOLDER_FULL),
            entry("ErrorItemNotFound", Meaning.NOT_FOUND),
            entry("ErrorFolderNotFound", Meaning.NOT_FOUND),
            entry("ErrorSyncFolderNotFound", Meaning.NOT_FOUND),
            entry("ErrorInvalidIdMalformed", Meaning.NOT_FOUND),
            entry("ErrorFolderExists", Meaning.CONFLICT),
            entry("ErrorIrresolvableConflict", Meaning.CONFLICT),
            entry("ErrorMessageSizeExceeded", Meaning.TOO_LARGE),
            entry("ErrorDataSizeLimitExceeded", Meaning.TOO_LARGE),
            entry("ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", Meaning.TOO_SMALL_FOR_SESSION),
            entry("UnableToDeserializePostBody", Meaning.BAD_REQUEST),
            entry("RequestBodyRead", Meaning.BAD_REQUEST),
            entry("InvalidInternetMessageHeader", Meaning.BAD_REQUEST),
            entry("InvalidInternetMessageHeaderCollection", Meaning.BAD_REQUEST),
            entry("ErrorInvalidExtendedProperty", Meaning.BAD_REQUEST),
            entry("ErrorInvalidExtendedPropertyValue", Meaning.BAD_REQUEST),
            entry("ErrorInvalidPropertySet", Meaning.BAD_REQUEST),
            entry("ErrorPropertyValidationFailure", Meaning.BAD_REQUEST),
            entry("ErrorInvalidRecipients", Meaning.BAD_REQUEST),
            entry("ErrorMimeContentInvalid", Meaning.BAD_REQUEST),
            entry("ErrorMimeContentInvalidBase64String", Meaning.BAD_REQUEST));

    private GraphErrorTable() {}

    static Meaning meaning(int status, String code, String message) {
        if ("ErrorQuotaExceeded".equals(code)) {
            return quota(message);
        }
        Meaning known = CODES.get(code);
        return known != null ? known : byStatus(status, code.isEmpty());
    }

    /** One code for two troubles with different remedies; only the message tells them apart. */
    private static Meaning quota(String message) {
        return message.toLowerCase(Locale.ROOT).contains("cannot get id from name")
                ? Meaning.NAMED_PROPERTIES_FULL
                : Meaning.MAILBOX_FULL;
    }

    private static Meaning byStatus(int status, boolean withoutCode) {
        return switch (status) {
            case 401 -> Meaning.UNAUTHENTICATED;
            case 403 -> withoutCode ? Meaning.NOT_FROM_GRAPH : Meaning.ACCESS_DENIED;
            case 404, 410 -> Meaning.NOT_FOUND;
            case 409, 412 -> Meaning.CONFLICT;
            case 413 -> Meaning.TOO_LARGE;
            case 429 -> Meaning.THROTTLED;
            case 507 -> Meaning.MAILBOX_FULL;
            default -> {
                if (status < 400 || status >= 500 || status == 408) {
                    yield Meaning.TRANSIENT;
                }
                yield withoutCode ? Meaning.NOT_FROM_GRAPH : Meaning.BAD_REQUEST;
            }
        };
    }
}
