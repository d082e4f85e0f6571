import { replaceEqualDeep } from "@tanstack/react-query";

/**
 * Begins an act once: asked again for the same while it is under way, the answer is the one under way. Told synchronously, for the
 * second of two quick clicks comes before anything of the first was drawn. What is asked is the first argument; acts on something
 * else go on beside it.
 */
export function once<Args extends unknown[], Answer>(
  act: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer> {
  const underWay = new Set<{ asked: unknown; answer: Promise<Answer> }>();
  return (...args) => {
    const [asked] = args;
    const same = [...underWay].find((one) => replaceEqualDeep(one.asked, asked) === one.asked);
    if (same !== undefined) {
      return same.answer;
    }
    const begun = { asked, answer: act(...args) };
    underWay.add(begun);
    const end = () => void underWay.delete(begun);
    begun.answer.then(end, end);
    return begun.answer;
  };
}
