/** What HTTP asks of every front: statuses, sizes, encodings. No library in it. */
package dev.offshoot.wire;
