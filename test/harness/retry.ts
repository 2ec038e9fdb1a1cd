// CI machines are small and shared: a test that fails is tried once more, and says so. Nowhere else.
if (process.env.CI) jest.retryTimes(1, { logErrorsBeforeRetry: true });
