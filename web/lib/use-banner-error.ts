import { useState } from "react";
import { errorsByField } from "./errors.ts";

/**
 * What a form says of a refusal in a banner: nothing where one of its fields says it, and nothing any more once the input changed, for
 * it was about the former. `values`: what the fields hold, another object after each change.
 */
export function useBannerError(error: unknown, values: object): unknown {
  const [refused, setRefused] = useState<{ error: unknown; values: object }>({ error: null, values });
  if (refused.error !== error) {
    setRefused({ error, values });
  }
  const isAtField = Object.keys(errorsByField(error)).some((field) => field in values);
  return isAtField || refused.values !== values ? null : error;
}
