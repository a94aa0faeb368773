/**
 * Database transactions of our own. Knows no table, and never joins a transaction of the server.
 */
@NullMarked
package org.sillok.jdbc;

import org.jspecify.annotations.NullMarked;
