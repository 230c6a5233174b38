// Whether the warp lies above the weft, where thread x crosses thread y.
const PATTERNS = {
  plain: (x, y) => (x + y) % 2 === 0,
  twill: (x, y) => (x + y) % 4 < 2,
  satin: (x, y) => (x + 2 * y) % 5 === 0,
};

const GAP = 0.12;

export function weave(canvas, { pattern, warp, weft, threads }) {
  const context = canvas.getContext('2d');
  const size = canvas.width / threads;
  const gap = size * GAP;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let y = 0; y * size < canvas.height; y++) {
    for (let x = 0; x < threads; x++) {
      const above = PATTERNS[pattern](x, y);
      context.fillStyle = above ? warp : weft;
      context.fillRect(
        x * size + (above ? gap : 0), y * size + (above ? 0 : gap),
        size - (above ? 2 * gap : 0), size - (above ? 0 : 2 * gap));
    }
  }
}
