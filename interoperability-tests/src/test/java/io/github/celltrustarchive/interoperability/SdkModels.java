// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.interoperability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.kiota.serialization.AdditionalDataHolder;
import com.microsoft.kiota.serialization.JsonParseNodeFactory;
import com.microsoft.kiota.serialization.JsonSerializationWriter;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import com.microsoft.kiota.serialization.ParseNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The models of Microsoft's SDK, which are generated from Graph's own metadata, as a schema: JSON is right if a model knows
 * every property of it and gives every value back.
 */
final class SdkModels {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SdkModels() {}

    /** Reads JSON as the SDK does. */
    static <T extends Parsable> T read(Class<T> type, String json) {
        ParseNode node = new JsonParseNodeFactory()
                .getParseNode("application/json", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        return type.cast(node.getObjectValue(factory(type)));
    }

    /**
     * Fails unless the SDK's model of this type knows every property of the JSON, and gives every value back as it was: a word
     * that isn't one of an enumeration's is lost on the way.
     */
    static <T extends Parsable> void requireKnown(Class<T> type, String json) {
        T model = read(type, json);
        List<String> wrong = new ArrayList<>();
        unknown(model, type.getSimpleName(), wrong);
        try (JsonSerializationWriter writer = new JsonSerializationWriter()) {
            writer.writeObjectValue(null, model);
            lost(JSON.readTree(json), JSON.readTree(writer.getSerializedContent()), type.getSimpleName(), wrong);
        } catch (IOException e) {
            throw new AssertionError("the SDK's model can't be written", e);
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join("; ", wrong));
        }
    }

    private static ParsableFactory<?> factory(Class<?> type) {
        return node -> {
            try {
                return (Parsable) type.getMethod("createFromDiscriminatorValue", ParseNode.class)
                        .invoke(null, node);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type + " is no model of the SDK", e);
            }
        };
    }

    private static void unknown(Object model, String where, List<String> wrong) {
        if (model instanceof AdditionalDataHolder holder) {
            holder.getAdditionalData().keySet().stream()
                    .filter(name -> !name.contains("@odata."))
                    .forEach(name -> wrong.add("unknown property '" + name + "' in " + where));
        }
        for (Method method : model.getClass().getMethods()) {
            boolean getter = method.getName().startsWith("get") && method.getParameterCount() == 0;
            if (getter && !method.getName().equals("getBackingStore")) {
                children(invoke(method, model))
                        .forEach(child ->
                                unknown(child, where + "." + method.getName().substring(3), wrong));
            }
        }
    }

    private static List<?> children(Object value) {
        if (value instanceof Parsable) {
            return List.of(value);
        }
        return value instanceof List<?> list && list.stream().allMatch(Parsable.class::isInstance) ? list : List.of();
    }

    private static Object invoke(Method method, Object model) {
        try {
            Object value = method.invoke(model);
            return value == null ? List.of() : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " can't be asked", e);
        }
    }

    private static void lost(JsonNode given, JsonNode kept, String where, List<String> wrong) {
        if (given.isObject()) {
            for (Map.Entry<String, JsonNode> property : given.properties()) {
                String name = property.getKey();
                if (!name.contains("@odata.") && !property.getValue().isNull()) {
                    lost(property.getValue(), kept.path(name), where + "." + name, wrong);
                }
            }
        } else if (given.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                lost(given.get(i), kept.path(i), where + "[" + i + "]", wrong);
            }
        } else if (!given.asText().equals(kept.asText("\0")) && !sameTime(given.asText(), kept.asText(""))) {
            wrong.add("the value of " + where + " is lost");
        }
    }

    private static boolean sameTime(String one, String other) {
        try {
            return instant(one).equals(instant(other));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The date in an error has no zone and is in UTC. */
    private static Instant instant(String text) {
        boolean local = text.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+");
        return OffsetDateTime.parse(local ? text + "Z" : text).toInstant();
    }
}
