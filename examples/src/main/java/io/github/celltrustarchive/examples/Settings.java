// SPDX-License-Identifier: Apache-2.0
package io.github.celltrustarchive.examples;

import io.github.celltrustarchive.model.Secret;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was given: by option, else by environment variable, else in a properties file (UTF-8). Secrets stand in the
 * environment or in files of their own, whose names may stand anywhere. What is wrong is collected, so that it can be told
 * all at once; no value of a secret is in it.
 */
final class Settings {

    private final Map<Setting, String> options;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Set<String> problems = new LinkedHashSet<>();

    private Settings(Map<Setting, String> options, Map<String, String> environment, Map<String, String> file) {
        this.options = Map.copyOf(options);
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /** What was given on the command line, and nothing else. */
    static Settings ofOptions(Map<Setting, String> options) {
        return new Settings(options, Map.of(), Map.of());
    }

    /** What was given on the command line, in the environment, and in the file, if one is named. */
    static Settings of(Map<Setting, String> options, Map<String, String> environment, @Nullable Path config) {
        List<String> problems = new ArrayList<>();
        Map<String, String> file = config == null ? Map.of() : read(config, problems);
        Settings settings = new Settings(options, environment, file);
        settings.problems.addAll(problems);
        return settings;
    }

    private static Map<String, String> read(Path config, List<String> problems) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("--config: " + config + " can't be read as a properties file in UTF-8 ("
                    + e.getClass().getSimpleName() + ")");
            return Map.of();
        }
        for (String name : properties.stringPropertyNames().stream().sorted().toList()) {
            Optional<Setting> setting = Setting.named(name);
            if (setting.isEmpty()) {
                problems.add("--config: there is no setting " + name);
            } else if (setting.get().secret() && setting.get().key().equals(name)) {
                problems.add("--config: " + name + " is a secret: put it into a file of its own and name that in "
                        + setting.get().fileKey() + ", or into the environment");
            }
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, properties::getProperty));
    }

    /** The value of a setting, stripped; empty if there is none. */
    Optional<String> text(Setting setting) {
        return Optional.ofNullable(options.get(setting))
                .or(() -> Optional.ofNullable(environment.get(setting.key())))
                .or(() -> Optional.ofNullable(file.get(setting.key())))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** The value of a setting; what is missing is a problem. */
    String required(Setting setting) {
        return text(setting).orElseGet(() -> {
            problem(setting.key() + " is missing");
            return "";
        });
    }

    /** A secret from the environment or the file that holds it. */
    Optional<Secret> secret(Setting setting) {
        String given = environment.get(setting.key());
        Optional<Path> in = Stream.of(environment, file)
                .map(from -> from.get(setting.fileKey()))
                .filter(value -> value != null && !value.isBlank())
                .findFirst()
                .flatMap(value -> path(setting.fileKey(), value.strip()));
        if (given != null && !given.isBlank()) {
            if (in.isPresent()) {
                problem("give " + setting.key() + " or " + setting.fileKey() + ", not both");
            }
            return Optional.of(Secret.of(given.strip()));
        }
        in.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> problem(setting.fileKey() + ": there is no readable file " + path));
        return in.map(Secret::ofFile);
    }

    /** The value of a setting that is a file or folder. */
    Optional<Path> path(Setting setting) {
        return text(setting).flatMap(value -> path(setting.key(), value));
    }

    private Optional<Path> path(String name, String value) {
        try {
            return Optional.of(Path.of(value));
        } catch (InvalidPathException e) {
            problem(name + ": not a path");
            return Optional.empty();
        }
    }

    /** The value of a setting that is a file or folder and must be there. */
    Optional<Path> existing(Setting setting) {
        Optional<Path> path = path(setting);
        path.filter(file -> !Files.isReadable(file))
                .ifPresent(file -> problem(setting.key() + ": there is no readable file or folder " + file));
        return path;
    }

    /** The value of a setting that is true or false. */
    boolean flag(Setting setting, boolean otherwise) {
        String value = text(setting).orElse(Boolean.toString(otherwise));
        if (!Set.of("true", "false").contains(value)) {
            problem(setting.key() + " must be true or false");
        }
        return value.equals("true");
    }

    /** The value of a setting that is a whole number, at least 1. */
    long number(Setting setting, long otherwise) {
        try {
            long value = text(setting).map(Long::parseLong).orElse(otherwise);
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problem(setting.key() + " must be a whole number, at least 1");
        return otherwise;
    }

    /** The values of a setting that is a list with commas. */
    Set<String> list(Setting setting) {
        return Stream.of(text(setting).orElse("").split(",", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Something more that is wrong. */
    void problem(String what) {
        problems.add(what);
    }

    /** What is wrong so far, each once. */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
