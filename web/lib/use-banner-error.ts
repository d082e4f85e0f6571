import { useState } from "react";
import { fieldErrors } from "./errors.ts";

/**
 * What a form says of a refusal in a banner: nothing where one of its fields says it, and nothing any more once the input changed, for
 * it was about the former. `values`: what the fields hold, another object after each change.
 */
export function useBannerError(error: unknown, values: object): unknown {
  const [refused, setRefused] = useState<{ error: unknown; values: object }>({ error: null, values });
  if (refused.error !== error) {
    setRefused({ error, values });
  }
  // "value.type" is the field type.
  const isAtField = Object.keys(fieldErrors(error)).some((field) => (field.split(".").at(-1) ?? field) in values);
  return isAtField || refused.values !== values ? null : error;
}
