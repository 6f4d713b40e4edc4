package io.freshet.infra.servers.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The account that a server which refuses to be root runs under.
 *
 * <p>An ordinary user runs it as himself. Root enters a user namespace in which it is nobody; where
 * the kernel or a container forbids that, root becomes the user {@value Unprivileged#UID}.
 */
public sealed interface Account {

    /** What goes in front of the server's command. */
    List<String> prefix();

    /** Who has to own the server's data. */
    int ownerUid();

    /** This JVM's user. */
    record Same(int ownerUid) implements Account {
        @Override
        public List<String> prefix() {
            return List.of();
        }
    }

    /** Root in a user namespace without a mapping: files stay root's, the server sees uid 65534. */
    record UserNamespace() implements Account {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "-U");
        }

        @Override
        public int ownerUid() {
            return 0;
        }
    }

    /** Root that gives itself up for the user {@value #UID}. */
    record Unprivileged(List<String> prefix) implements Account {
        /** The user that Linux systems call nobody. */
        static final int UID = 65_534;

        /** With setpriv of util-linux. */
        public static Unprivileged bySetpriv() {
            return new Unprivileged(
                    List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups"));
        }

        /** With chroot of the GNU core utilities. */
        public static Unprivileged byChroot() {
            return new Unprivileged(
                    List.of("chroot", "--userspec=" + UID + ":" + UID, "--groups=", "/"));
        }

        @Override
        public int ownerUid() {
            return UID;
        }
    }

    /**
     * The account for this JVM's user on this system.
     *
     * @throws IOException if this is root and there is no way to be anybody else
     */
    static Account current() throws IOException {
        int uid = Owner.ofThisProcess();
        if (uid != 0) {
            return new Same(uid);
        }
        for (Account standIn :
                List.of(new UserNamespace(), Unprivileged.bySetpriv(), Unprivileged.byChroot())) {
            if (Command.of(List.of("true")).under(standIn.prefix()).succeeds()) {
                return standIn;
            }
        }
        throw new IOException(
                "this is root, which PostgreSQL refuses to be, and neither unshare -U nor setpriv"
                        + " nor chroot --userspec works here: start as an ordinary user");
    }

    /**
     * Sees to it that the account owns a path and all that is in it, and can reach it.
     *
     * @throws IOException saying what to do, if that cannot be
     */
    default void own(Path path) throws IOException {
        int owner = Owner.of(path);
        if (owner != ownerUid()) {
            if (this instanceof Same) {
                throw new IOException(
                        path
                                + " belongs to user id "
                                + owner
                                + ": start as that user, or choose another directory");
            }
            Owner.give(path, ownerUid());
        }
        requireAccess(path);
    }

    /**
     * Checks that the account can reach a path.
     *
     * @throws IOException saying what to do, if it cannot
     */
    default void requireAccess(Path path) throws IOException {
        Command test = Command.of(List.of("test", "-r", path.toString()));
        if (!(this instanceof Same) && !test.under(prefix()).succeeds()) {
            throw new IOException(
                    "this is root, which PostgreSQL refuses to be, and user id "
                            + ownerUid()
                            + " in its stead cannot reach "
                            + path
                            + ": start as an ordinary user, make the directories above it passable"
                            + " (chmod o+x), or choose another one");
        }
    }
}
