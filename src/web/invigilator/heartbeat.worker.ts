// A worker's timer keeps its pace when the page is in the background; a page's own is slowed down by the browser, and the
// invigilator who looks something up in another tab would seem to have left the room.
const RENEW_MS = 3_000;

setInterval(() => {
  self.postMessage('renew');
}, RENEW_MS);
