package io.promptforge.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The programs of an installation, for example a distribution's own; used where they are. */
record InstalledBinaries(Installation installation) implements Binaries {

    @Override
    public String identity() {
        try {
            return installation.identity();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public FolderLease install(Cache cache) {
        return FolderLease.permanent(installation.home());
    }
}
