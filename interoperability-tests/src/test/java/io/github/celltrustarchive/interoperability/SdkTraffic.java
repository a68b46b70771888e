// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import com.microsoft.graph.admin.exchange.mailboxes.item.exportitems.ExportItemsPostResponse;
import com.microsoft.graph.models.Attachment;
import com.microsoft.graph.models.AttachmentCollectionResponse;
import com.microsoft.graph.models.ExchangeSettings;
import com.microsoft.graph.models.MailFolder;
import com.microsoft.graph.models.MailFolderCollectionResponse;
import com.microsoft.graph.models.MailboxItemImportSession;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.MessageCollectionResponse;
import com.microsoft.graph.models.UploadSession;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.UserCollectionResponse;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.graph.users.item.messages.item.attachments.createuploadsession.CreateUploadSessionPostRequestBody;
import com.microsoft.kiota.serialization.Parsable;
import io.github.celltrustarchive.testkit.graph.GraphSimulator;
import io.github.celltrustarchive.testkit.graph.RecordedCall;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what went over the wire between a client and the simulator against the SDK's models: one line at the end of a test.
 *
 * <pre>{@code
 * SdkTraffic.requireKnownRequests(graph);
 * SdkTraffic.requireKnownAnswers(graph);
 * }</pre>
 */
final class SdkTraffic {

    /** The import address is none of Graph's own, and a batch is of several models. */
    private static final String NO_MODEL = "(/import/.*|/\\$batch)";

    /** Their parameters have one spelling in the reference and another one in the metadata. */
    private static final String ACTIONS = ".*/(move|exportItems|\\$batch)";

    private static final Map<String, Class<? extends Parsable>> REQUESTS = new LinkedHashMap<>();
    private static final Map<String, Class<? extends Parsable>> ANSWERS = new LinkedHashMap<>();

    static {
        REQUESTS.put("POST .*/createUploadSession", CreateUploadSessionPostRequestBody.class);
        REQUESTS.put("POST .*/attachments", Attachment.class);
        REQUESTS.put("(POST .*/messages|PATCH .*/messages/[^/]+)", Message.class);
        REQUESTS.put("(POST .*/(mailFolders|childFolders)|PATCH .*/mailFolders/[^/]+)", MailFolder.class);
        ANSWERS.put("(POST .*/createUploadSession|(PUT|GET) /upload/.*)", UploadSession.class);
        ANSWERS.put("GET .*/attachments", AttachmentCollectionResponse.class);
        ANSWERS.put("(POST .*/attachments|GET .*/attachments/[^/]+)", Attachment.class);
        ANSWERS.put("(GET|PATCH) .*/messages/[^/]+", Message.class);
        ANSWERS.put("POST .*/(messages|messages/[^/]+/move|importMime)", Message.class);
        ANSWERS.put("GET .*/messages", MessageCollectionResponse.class);
        ANSWERS.put("GET .*/(mailFolders|childFolders)", MailFolderCollectionResponse.class);
        ANSWERS.put("(GET|PATCH) .*/mailFolders/[^/]+", MailFolder.class);
        ANSWERS.put("POST .*/(mailFolders|childFolders|mailFolders/[^/]+/move)", MailFolder.class);
        ANSWERS.put("GET .*/settings/exchange", ExchangeSettings.class);
        ANSWERS.put("POST .*/exportItems", ExportItemsPostResponse.class);
        ANSWERS.put("POST .*/createImportSession", MailboxItemImportSession.class);
        ANSWERS.put("GET (/users|/groups/.*)", UserCollectionResponse.class);
        ANSWERS.put("GET /users/[^/]+", User.class);
    }

    private SdkTraffic() {}

    /** Every JSON that clients sent to Graph's own addresses is known to the SDK; returns how much of it there was. */
    static int requireKnownRequests(GraphSimulator graph) {
        int checked = 0;
        for (RecordedCall call : graph.calls()) {
            boolean own = !call.version().isEmpty() && call.requestType().equals("application/json");
            if (own && !call.requestBody().isEmpty() && !call.request().path().matches(ACTIONS)) {
                require(REQUESTS, call, call.requestBody());
                checked++;
            }
        }
        return checked;
    }

    /** Every JSON that the simulator answered is known to the SDK; returns how much of it there was. */
    static int requireKnownAnswers(GraphSimulator graph) {
        int checked = 0;
        for (RecordedCall call : graph.calls()) {
            if (!call.responseBody().isEmpty() && !call.request().path().matches(NO_MODEL)) {
                if (call.status() >= 400) {
                    SdkModels.requireKnown(ODataError.class, call.responseBody());
                } else {
                    require(ANSWERS, call, call.responseBody());
                }
                checked++;
            }
        }
        return checked;
    }

    private static void require(Map<String, Class<? extends Parsable>> types, RecordedCall call, String json) {
        Optional<Class<? extends Parsable>> type = types.entrySet().stream()
                .filter(entry -> call.request().toString().matches(entry.getKey()))
                .<Class<? extends Parsable>>map(Map.Entry::getValue)
                .findFirst();
        try {
            SdkModels.requireKnown(type.orElseThrow(() -> new AssertionError("no model is known for it")), json);
        } catch (AssertionError e) {
            throw new AssertionError(call + ": " + e.getMessage(), e);
        }
    }
}
