package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock of the operating system on a file. The system releases it when the process ends, however it ends:
 * this is how the living are told from the dead, without a process id.
 */
final class FileHold implements AutoCloseable {
    // POSIX drops every lock a process has on a file as soon as the process closes any descriptor of it, so a process
    // must never open again what it holds. Hence one register for the whole process.
    private static final Set<Path> OURS = new HashSet<>();

    private final FileChannel channel;
    private Path file;

    private FileHold(FileChannel channel, Path file) {
        this.channel = channel;
        this.file = file;
    }

    /** The lock, or nothing if somebody has it. */
    static @Nullable FileHold tryTake(Path file) {
        synchronized (OURS) {
            if (OURS.contains(file)) {
                return null;
            }
            try {
                var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (!locks(channel, false)) {
                    channel.close();
                    return null;
                }
                OURS.add(file);
                return new FileHold(channel, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The lock, or nothing if somebody had it all the time. */
    static @Nullable FileHold take(Path file, Duration patience) {
        var hold = new Object() {
            @Nullable
            FileHold taken;
        };
        Waiting.until(patience, () -> (hold.taken = tryTake(file)) != null);
        return hold.taken;
    }

    /** Whether some process, this one included, holds the file. Asks with a shared lock, so that two askers do not see each other. */
    static boolean isTaken(Path file) {
        synchronized (OURS) {
            if (OURS.contains(file)) {
                return true;
            }
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return !locks(channel, true);
            } catch (NoSuchFileException e) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean locks(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Renames the file; the lock stays with it. */
    void moveTo(Path name) throws IOException {
        synchronized (OURS) {
            Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
            OURS.remove(file);
            OURS.add(name);
            file = name;
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        synchronized (OURS) {
            OURS.remove(file);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
