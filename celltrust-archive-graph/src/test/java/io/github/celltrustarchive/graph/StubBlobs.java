// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.graph;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What blob storage does with a request, without HTTP around it. */
final class StubBlobs {

    private static final Pattern BLOCK_ID = Pattern.compile("<Latest>([^<]+)</Latest>");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

    private final StubBlobService service;
    private final Map<String, Map<String, byte[]>> blocks = new ConcurrentHashMap<>();

    StubBlobs(StubBlobService service) {
        this.service = service;
    }

    /** A blob, with the headers it was made with. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Blob(byte[] bytes, Map<String, String> headers, String etag) {}

    /** A request, taken apart. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Request(String operation, String blob, Map<String, String> query, Headers headers, byte[] body) {

        static Request of(HttpExchange exchange, byte[] body) {
            Map<String, String> query = new HashMap<>();
            String raw = exchange.getRequestURI().getQuery();
            for (String pair : (raw == null ? "" : raw).split("&", -1)) {
                int at = pair.indexOf('=');
                if (at > 0) {
                    query.put(pair.substring(0, at), pair.substring(at + 1));
                }
            }
            String[] path = exchange.getRequestURI().getPath().split("/", 4);
            String blob = path.length > 3 ? path[3] : "";
            return new Request(
                    operation(exchange.getRequestMethod(), blob, query),
                    blob,
                    query,
                    exchange.getRequestHeaders(),
                    body);
        }

        private static String operation(String method, String blob, Map<String, String> query) {
            String component = query.getOrDefault("comp", "");
            if (blob.isEmpty()) {
                return component.equals("list") ? "List" : method.equals("PUT") ? "CreateContainer" : "Container";
            }
            return switch (method) {
                case "PUT" ->
                    component.equals("block") ? "PutBlock" : component.equals("blocklist") ? "PutBlockList" : "PutBlob";
                case "HEAD" -> "Head";
                case "GET" -> "Get";
                default -> "Delete";
            };
        }

        @Nullable
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    /** An answer, not sent yet. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Answer(int status, Map<String, String> headers, byte[] body) {
        static Answer refused(int status, String code) {
            Map<String, String> headers = new TreeMap<>();
            if (!code.isEmpty()) {
                headers.put("x-ms-error-code", code);
            }
            headers.put("Content-Type", "application/xml");
            String xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code
                    + "</Code><Message>for people</Message></Error>";
            return new Answer(status, headers, xml.getBytes(StandardCharsets.UTF_8));
        }

        static Answer of(int status, Map<String, String> headers) {
            return new Answer(status, headers, new byte[0]);
        }
    }

    synchronized Answer answer(Request request) {
        return switch (request.operation()) {
            case "PutBlock" -> putBlock(request);
            case "PutBlockList" -> putBlockList(request);
            case "PutBlob" -> put(request, request.body());
            case "Head" -> head(request);
            case "Get" -> get(request);
            case "Delete" -> delete(request);
            case "List" -> list(request);
            case "CreateContainer" -> Answer.of(201, Map.of());
            default ->
                Answer.of(
                        200,
                        Map.of(
                                "ETag",
                                "\"1\"",
                                "Last-Modified",
                                date(),
                                "x-ms-immutable-storage-with-versioning-enabled",
                                Boolean.toString(service.versionLevelImmutability)));
        };
    }

    private Answer putBlock(Request request) {
        if (!md5Fits(request)) {
            return Answer.refused(400, "Md5Mismatch");
        }
        blocks.computeIfAbsent(request.blob(), b -> new HashMap<>())
                .put(request.query().get("blockid"), request.body());
        return Answer.of(201, Map.of());
    }

    private Answer putBlockList(Request request) {
        Map<String, byte[]> staged = blocks.getOrDefault(request.blob(), Map.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> ids = BLOCK_ID.matcher(StubBlobService.text(request.body()))
                .results()
                .map(MatchResult::group)
                .map(id -> id.replaceAll("<[^>]+>", ""))
                .toList();
        for (String id : ids) {
            byte[] block = staged.get(id);
            if (block == null) {
                return Answer.refused(400, "InvalidBlockList");
            }
            bytes.writeBytes(block);
        }
        Answer answer = put(request, bytes.toByteArray());
        if (answer.status() == 201) {
            blocks.remove(request.blob());
        }
        return answer;
    }

    private Answer put(Request request, byte[] bytes) {
        if (request.operation().equals("PutBlob") && !md5Fits(request)) {
            return Answer.refused(400, "Md5Mismatch");
        }
        if (service.blobs.containsKey(request.blob()) && "*".equals(request.header("If-None-Match"))) {
            return Answer.refused(409, "BlobAlreadyExists");
        }
        Map<String, String> kept = new TreeMap<>();
        request.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean protection = lower.startsWith("x-ms-immutability-policy") || lower.equals("x-ms-legal-hold");
            if (lower.startsWith("x-ms-meta-") || (protection && !service.ignoresProtection)) {
                kept.put(lower, values.get(0));
            }
        });
        service.blobs.put(request.blob(), new Blob(bytes, kept, "\"" + service.seen.size() + "\""));
        return Answer.of(201, Map.of("ETag", "\"1\"", "Last-Modified", date()));
    }

    private Answer head(Request request) {
        Blob blob = service.blobs.get(request.blob());
        if (blob == null) {
            return Answer.of(404, Map.of("x-ms-error-code", "BlobNotFound"));
        }
        return Answer.of(200, headers(blob, blob.bytes().length));
    }

    private Answer get(Request request) {
        Blob blob = service.blobs.get(request.blob());
        if (blob == null) {
            return Answer.refused(404, "BlobNotFound");
        }
        String match = request.header("If-Match");
        if (match != null && !match.equals(blob.etag())) {
            return Answer.refused(412, "ConditionNotMet");
        }
        var range = RANGE.matcher(Objects.requireNonNullElse(request.header("x-ms-range"), "bytes=0-"));
        if (!range.matches()) {
            return Answer.refused(400, "InvalidHeaderValue");
        }
        int from = Integer.parseInt(range.group(1));
        if (from >= blob.bytes().length) {
            return Answer.refused(416, "InvalidRange");
        }
        int to = range.group(2).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(range.group(2));
        byte[] part = Arrays.copyOfRange(blob.bytes(), from, Math.min(to, blob.bytes().length - 1) + 1);
        Map<String, String> headers = headers(blob, part.length);
        headers.remove("Content-Length");
        headers.put("Content-Range", "bytes " + from + "-" + (from + part.length - 1) + "/" + blob.bytes().length);
        if ("true".equals(request.header("x-ms-range-get-content-md5"))) {
            headers.put("Content-MD5", md5(part));
        }
        return new Answer(206, headers, part);
    }

    private Answer delete(Request request) {
        Blob blob = service.blobs.get(request.blob());
        if (blob == null) {
            return Answer.refused(404, "BlobNotFound");
        }
        if (blob.headers().containsKey("x-ms-legal-hold")) {
            return Answer.refused(409, "BlobImmutableDueToLegalHold");
        }
        if (blob.headers().containsKey("x-ms-immutability-policy-until-date")) {
            return Answer.refused(409, "BlobImmutableDueToPolicy");
        }
        service.blobs.remove(request.blob());
        return Answer.of(202, Map.of());
    }

    private Answer list(Request request) {
        String prefix = request.query().getOrDefault("prefix", "");
        String marker = service.ignoresMarker ? "" : request.query().getOrDefault("marker", "");
        List<String> names = service.blobs.keySet().stream()
                .filter(n -> n.startsWith(prefix) && n.compareTo(marker) > 0)
                .sorted()
                .toList();
        List<String> page = names.subList(0, Math.min(service.pageSize, names.size()));
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
        for (String name : page) {
            Blob blob = service.blobs.get(name);
            xml.append("<Blob><Name>").append(name).append("</Name><Properties><Content-Length>");
            xml.append(blob.bytes().length).append("</Content-Length><BlobType>BlockBlob</BlobType></Properties>");
            String digest = blob.headers().get("x-ms-meta-sha256");
            xml.append(digest == null ? "" : "<Metadata><sha256>" + digest + "</sha256></Metadata>")
                    .append("</Blob>");
        }
        String next = page.size() < names.size() ? page.get(page.size() - 1) : "";
        xml.append("</Blobs><NextMarker>").append(next).append("</NextMarker></EnumerationResults>");
        return new Answer(
                200, Map.of("Content-Type", "application/xml"), xml.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> headers(Blob blob, int length) {
        Map<String, String> headers = new TreeMap<>(blob.headers());
        headers.put("Content-Length", Integer.toString(length));
        headers.put("ETag", blob.etag());
        headers.put("Last-Modified", date());
        headers.put("x-ms-creation-time", date());
        headers.put("x-ms-blob-type", "BlockBlob");
        return headers;
    }

    private boolean md5Fits(Request request) {
        String md5 = request.header("Content-MD5");
        return md5 == null || md5.equals(md5(request.body()));
    }

    private static String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(StubBlobService.CREATED.atOffset(ZoneOffset.UTC));
    }

    private static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
