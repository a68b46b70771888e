// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph.internal;

import io.github.celltrustarchive.spi.ArchiveException;
import java.io.IOException;
import java.util.Set;

/**
 * Blob storage refused a request, or didn't answer. It has no cause, because those of the Azure SDK quote addresses and
 * headers, which may hold a shared access signature, a key or a token.
 *
 * <p>Facts: <a href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes">Blob service error
 * codes</a>, <a href="https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes">common error
 * codes</a>.
 */
final class BlobException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int NO_ANSWER = 0;
    private static final Set<String> NO_CONTAINER =
            Set.of("ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled");
    private static final Set<String> WRONG_KEY =
            Set.of("BlobUsesCustomerSpecifiedEncryption", "BlobDoesNotUseCustomerSpecifiedEncryption");
    private static final Set<String> DAMAGED_ON_THE_WAY =
            Set.of("Md5Mismatch", "Crc64Mismatch", "InvalidMd5", "IncompleteBody");
    private static final Set<String> TAKEN = Set.of("InvalidBlockList", "UnauthorizedBlobOverwrite");
    private static final Set<String> RETAINED =
            Set.of("BlobImmutableDueToPolicy", "BlobImmutableDueToLegalHold", "LegalHold", "SnapshotsPresent");

    private final int status;
    private final String code;

    private BlobException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** There was no whole answer: what was asked may have been done or not. */
    static BlobException unanswered(String what, String why) {
        return new BlobException(NO_ANSWER, "", "blob storage: no whole answer to " + what + " (" + why + ")");
    }

    /**
     * A refusal.
     *
     * @param code the service's word for it, or empty
     * @param requestId the service's number for it, or empty
     */
    static BlobException refused(String what, int status, String code, String requestId) {
        String text = "blob storage answered " + status + (code.isEmpty() ? "" : " " + code) + " to " + what
                + (requestId.isEmpty() ? "" : " (request " + requestId + ")");
        return new BlobException(status, code, text);
    }

    boolean unauthenticated() {
        return status == 401;
    }

    /** There is no such blob, while its container is there. */
    boolean absent() {
        return status == 404 && !NO_CONTAINER.contains(code);
    }

    boolean noContainer() {
        return NO_CONTAINER.contains(code);
    }

    /** The range begins behind the end. */
    boolean beyondTheEnd() {
        return status == 416;
    }

    /** The name may be taken: look. */
    boolean mayBeTaken() {
        boolean conflict = status == 409 && !noContainer() && !WRONG_KEY.contains(code);
        return conflict || status == 412 || TAKEN.contains(code);
    }

    /** Whether it was done isn't known. */
    boolean unknown() {
        return status == NO_ANSWER || (status >= 500 && status != 503);
    }

    /** Retention, a legal hold or a snapshot keeps the blob. */
    boolean retained() {
        return status == 409 && RETAINED.contains(code);
    }

    boolean notPermitted() {
        return status == 403 && code.equals("AuthorizationPermissionMismatch");
    }

    /** This exception where trying again may help. */
    IOException orStop() {
        String remedy = remedy();
        if (!remedy.isEmpty()) {
            throw ArchiveException.stop(getMessage() + ": " + remedy, null);
        }
        return this;
    }

    /** What an operator can do about it; empty if waiting may help. */
    String remedy() {
        if (noContainer()) {
            return "create the container, or let the stage create it";
        }
        if (status == 401 || code.equals("AuthenticationFailed")) {
            return "the credentials are refused: renew the shared access signature, key or application's secret, and set"
                    + " the clock by a time service";
        }
        if (code.equals("AuthorizationFailure")) {
            return "the account's network rules or the kind of credentials forbid it: allow this machine's network, and"
                    + " the role Storage Blob Data Contributor on the container";
        }
        if (status == 403) {
            return "give the application the role Storage Blob Data Contributor on the container (for a stage with"
                    + " retention a role that can't delete is enough), or the shared access signature the permissions"
                    + " read, create, write and list";
        }
        if (WRONG_KEY.contains(code)) {
            return "the object was stored with another customer-provided key, or with none";
        }
        if (status == 400 && !code.isEmpty() && !DAMAGED_ON_THE_WAY.contains(code) && !TAKEN.contains(code)) {
            return "the service doesn't understand the request: look at the service version, tags and retention of the"
                    + " stage, and at what the account supports";
        }
        return "";
    }
}
