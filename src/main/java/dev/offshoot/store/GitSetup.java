package dev.offshoot.store;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.storage.file.WindowCacheConfig;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Cuts JGit off from its surroundings, once per process: no configuration of the machine or the user, no environment variables of Git,
 * no external process, and caches sized for many small entities.
 */
final class GitSetup {
    private static final int MB = 1 << 20;
    /** Linux keeps times to one tick of its clock, at most 10 ms; elsewhere even 2 s may be the truth. */
    private static final long FILE_TIMES_MILLIS = System.getProperty("os.name").equals("Linux") ? 20 : 2000;
    /** Larger blobs are streamed by JGit, at several times the price; an entity is far smaller. */
    static final int LARGEST_IN_MEMORY = 256 * MB;

    private GitSetup() {}

    /** Does its work the first time it is called; JGit's own settings are per process, so this one is too. */
    static void install() {
        Once.run();
    }

    /** Class initialisation runs exactly once, and every caller waits for it. */
    private static final class Once {
        static {
            SystemReader.setInstance(new IsolatedReader(SystemReader.getInstance()));
            // Nothing but HTTP, which goes through the outbound gate: no ssh, git, ftp, s3, bundles, local transport.
            Transport.getTransportProtocols().stream()
                    .filter(protocol -> !protocol.getSchemes().contains("https"))
                    .toList()
                    .forEach(Transport::unregister);
            // Measuring the file system's clock takes seconds; until it is known JGit just trusts timestamps less.
            FS.FileStoreAttributes.setBackground(true);
            WindowCacheConfig cache = new WindowCacheConfig();
            cache.setPackedGitLimit(Math.min(256L * MB, Runtime.getRuntime().maxMemory() / 8));
            cache.setPackedGitWindowSize(64 * 1024);
            cache.setDeltaBaseCacheLimit(
                    (int) Math.min(64L * MB, Runtime.getRuntime().maxMemory() / 16));
            cache.setPackedGitOpenFiles(512);
            cache.setPackedGitMMAP(false);
            cache.setStreamFileThreshold(LARGEST_IN_MEMORY);
            cache.setExposeStatsViaJmx(false);
            cache.install();
        }

        static void run() {}
    }

    private static final class IsolatedReader extends SystemReader.Delegate {
        IsolatedReader(SystemReader delegate) {
            super(delegate);
        }

        @Override
        public String getenv(String variable) {
            return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
        }

        @Override
        public FileBasedConfig openSystemConfig(Config parent, FS fs) {
            return new FixedConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openUserConfig(Config parent, FS fs) {
            return new FixedConfig(parent, fs);
        }

        @Override
        public FileBasedConfig openJGitConfig(Config parent, FS fs) {
            return new FixedConfig(parent, fs);
        }
    }

    /** Settings without a file behind them. */
    private static final class FixedConfig extends FileBasedConfig {
        FixedConfig(Config parent, FS fs) {
            super(parent, null, fs);
            // The JDK's SHA-1 is five times as fast; what comes from strangers is checked for collisions where it
            // enters.
            setString("core", null, "sha1Implementation", "jdkNative");
            setBoolean("core", null, "fsyncRefFiles", true);
            setBoolean("core", null, "fsyncObjectFiles", true);
            setBoolean("commit", null, "gpgSign", false);
            // Packs come and go here; an index over several of them is for repositories at rest.
            setBoolean("core", null, "multiPackIndex", false);
            setString("init", null, "defaultBranch", "main");
        }

        /**
         * How coarse file times are. JGit would measure it for seconds, with probe files inside the repositories. It only decides how long
         * a file that has just changed is read again; files that are replaced are recognised anyhow.
         */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long defaultValue, TimeUnit wantUnit) {
            return section.equals("filesystem")
                    ? wantUnit.convert(FILE_TIMES_MILLIS, TimeUnit.MILLISECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
        }

        @Override
        public void load() {
            // nothing to read
        }

        @Override
        public void save() {
            // nothing to keep: JGit would store its measurements of the file system here
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
