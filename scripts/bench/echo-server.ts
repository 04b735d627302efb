/**
 * The baseline of `bench:answers`: a bare Express handler that parses the same body and answers. A process of its own;
 * tells its address on the IPC channel and ends with it.
 */
import express from 'express';

const app = express();
app.use(express.json());
app.put('/api/attempts/:attemptId/answers', (request, response) => {
  const { answers } = request.body as { answers: readonly unknown[] };
  response.json({ answers: answers.length });
});
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
process.once('disconnect', () => process.exit());
