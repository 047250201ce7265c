/** The one gate for connections to other servers: who may be contacted, at which address, how long and for how many bytes. */
package dev.offshoot.outbound;
