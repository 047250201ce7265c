package dev.offshoot.http;

import java.io.IOException;

/** The connection broke while a body was read or written: nobody is there to be told, and nothing is wrong with us. */
final class ClientGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGone(IOException cause) {
        super(cause);
    }
}
