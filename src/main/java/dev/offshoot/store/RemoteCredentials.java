package dev.offshoot.store;

/** What another server is shown to let us in, for one request. Kept nowhere, and never printed. */
public record RemoteCredentials(String user, String password) {
    @Override
    public String toString() {
        return "RemoteCredentials[withheld]";
    }
}
