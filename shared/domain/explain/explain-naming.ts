/** From this length on an order id is unlikely to stand in a text by chance. */
const MIN_LONE_LENGTH = 6;

const PART_OF_AN_ID = /[\p{L}\p{N}_-]/u;

/** Whether a text names an order: by its id as a word of its own, and for a short id only after the word "order". */
export function namesOrder(text: string, orderId: string): boolean {
  for (let at = text.indexOf(orderId); at >= 0; at = text.indexOf(orderId, at + 1)) {
    const before = text.slice(0, at);
    const after = text.slice(at + orderId.length);
    const isWord = !PART_OF_AN_ID.test(before.slice(-1)) && !continuesId(after);
    if (isWord && (orderId.length >= MIN_LONE_LENGTH || /\border:? +["'#]?$/i.test(before))) return true;
  }
  return false;
}

/** A point or colon goes on with an id only if more of one follows: it may end the sentence. */
function continuesId(after: string): boolean {
  const [first = '', second = ''] = after;
  return PART_OF_AN_ID.test(first) || (/[.:~/]/.test(first) && PART_OF_AN_ID.test(second));
}
