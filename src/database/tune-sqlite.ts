/** A commit is on disk before it is answered; other processes (the command line) are waited for. */
export function tuneSqlite(connection: { pragma(text: string): unknown }): void {
  for (const text of ['synchronous = FULL', 'busy_timeout = 10000', 'foreign_keys = ON', 'cache_size = -32000', 'mmap_size = 268435456', 'temp_store = MEMORY']) {
    connection.pragma(text);
  }
}
