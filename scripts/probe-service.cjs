// Exits 0 when the MariaDB (mysql://) or Redis (redis://) at the given address lets us in and answers, 1 with a reason when not.
// Usage: node scripts/probe-service.cjs <url>

const TIMEOUT_MS = 3000;

async function askMysql(url) {
  const { createConnection } = require('mysql2/promise');
  const connection = await createConnection({ uri: url, connectTimeout: TIMEOUT_MS });
  try {
    await connection.query('SELECT 1');
  } finally {
    connection.destroy();
  }
}

async function askRedis(url) {
  const { Redis } = require('ioredis');
  const redis = new Redis(url, { lazyConnect: true, connectTimeout: TIMEOUT_MS, commandTimeout: TIMEOUT_MS, retryStrategy: () => null });
  // The reason arrives as a rejection of connect(); without a listener ioredis prints it as well.
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

const ask = { 'mysql:': askMysql, 'redis:': askRedis };

async function main() {
  const { protocol } = new URL(process.argv[2] ?? '');
  if (!ask[protocol]) throw new Error(`cannot ask a ${protocol} service`);
  await ask[protocol](process.argv[2]);
}

main().catch((error) => {
  console.error(error.message || error.code);
  process.exitCode = 1;
});
