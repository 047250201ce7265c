/** Archives: zip files with a list of what is in them, written in one go and checked before anything of them is used. */
package dev.offshoot.archive;
