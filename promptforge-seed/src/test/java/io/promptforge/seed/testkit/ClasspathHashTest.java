package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClasspathHashTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void filesInADirectoryAndInAJarHaveEqualHashes() throws IOException {
        Path unpacked = write("one", "V1__a.sql", "CREATE TABLE a ()");
        Path jar = folder.resolve("packed.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {"db/", "db/migration/"}) {
                out.putNextEntry(new JarEntry(name));
            }
            out.putNextEntry(new JarEntry("db/migration/V1__a.sql"));
            out.write("CREATE TABLE a ()".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(of(unpacked)).isEqualTo(of(jar));
    }

    @Test
    void theHashDoesNotDependOnLocationOrTime() throws IOException {
        Path first = write("one", "V1__a.sql", "CREATE TABLE a ()");
        Path second = write("two", "V1__a.sql", "CREATE TABLE a ()");

        assertThat(of(first)).isEqualTo(of(second));
    }

    @Test
    void theHashDependsOnContentNamesAndNumberOfFiles() throws IOException {
        String original = of(write("one", "V1__a.sql", "CREATE TABLE a ()"));

        assertThat(of(write("two", "V1__a.sql", "CREATE TABLE b ()"))).isNotEqualTo(original);
        assertThat(of(write("three", "V2__a.sql", "CREATE TABLE a ()"))).isNotEqualTo(original);
        assertThat(of(write("one", "V2__b.sql", "CREATE TABLE b ()"))).isNotEqualTo(original);
    }

    @Test
    void aMissingFolderIsNamedInTheError() {
        assertThatThrownBy(() -> ClasspathHash.ofResources("no/such/folder"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'no/such/folder'");
    }

    @Test
    void ofCodeHashesTheJarOrDirectoryOfAClass() {
        assertThat(ClasspathHash.ofCode(ClasspathHashTest.class))
                .isEqualTo(ClasspathHash.ofCode(DatabaseSupplyTest.class));
        assertThat(ClasspathHash.ofCode(ClasspathHashTest.class)).isNotEqualTo(ClasspathHash.ofCode(Test.class));
        assertThatThrownBy(() -> ClasspathHash.ofCode(String.class)).hasMessageContaining("java.lang.String");
    }

    private Path write(String root, String name, String content) throws IOException {
        Path file = folder.resolve(root).resolve("db/migration").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return folder.resolve(root);
    }

    private static String of(Path root) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {root.toUri().toURL()}, null)) {
            return ClasspathHash.of(loader, "db/migration");
        }
    }
}
