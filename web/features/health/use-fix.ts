import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FixApplied } from "../../../server/health/fixes/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { useForgetAll } from "./use-health.ts";

/** The preview of a fix, the tier chosen for it, and the way to write exactly what the preview shows. */
export function useFix(code: string) {
  const { id } = useClient();
  const queryClient = useQueryClient();
  const forgetAll = useForgetAll();
  const [tierId, setTierId] = useState<string>();
  const [fromTier, setFromTier] = useState<string>();
  /** how many were promised when the set had moved */
  const [promised, setPromised] = useState<number>();
  const asked = { clientId: id, code, tierId, fromTier };
  const options = trpc.health.previewFix.queryOptions(asked, {
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const preview = useQuery(options);
  const apply = useMutation(
    trpc.health.applyFix.mutationOptions({
      onSuccess: async (applied: FixApplied) => {
        if (applied.kind === "stale") {
          setPromised(preview.data?.count);
          queryClient.setQueryData(options.queryKey, applied.preview);
          return;
        }
        await forgetAll();
      },
    }),
  );
  const choose = <Value>(set: (value: Value) => void) => {
    return (value: Value) => {
      setPromised(undefined);
      set(value);
    };
  };
  const token = preview.isPlaceholderData ? null : (preview.data?.token ?? null);
  return {
    preview,
    apply,
    tierId,
    fromTier,
    chooseTier: choose(setTierId),
    chooseFrom: choose(setFromTier),
    promised,
    token,
    confirm: () => {
      if (token !== null) {
        apply.mutate({ ...asked, token });
      }
    },
  };
}
