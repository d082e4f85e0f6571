import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { uploadFile } from "./upload.ts";

/** Where an upload stands: nothing, on its way (with its share), or failed with the file's name. */
export type UploadState =
  | { kind: "idle" }
  | { kind: "sending"; fileName: string; size: number; share: number }
  | { kind: "failed"; fileName: string; error: unknown };

/** Sends one file at a time and opens its check; cancelling, or leaving the page, stops it. */
export function useUpload() {
  const client = useClient();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [state, setState] = useState<UploadState>({ kind: "idle" });
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const send = async (file: File): Promise<void> => {
    const own = new AbortController();
    controller.current?.abort();
    controller.current = own;
    const sending = (share: number): UploadState => ({
      kind: "sending",
      fileName: file.name,
      size: file.size,
      share,
    });
    setState(sending(0));
    try {
      const importId = await uploadFile(client.id, file, {
        onProgress: (share) => setState(sending(share)),
        signal: own.signal,
      });
      await navigate({ to: "/c/$client/import/$importId", params: { client: client.subdomain, importId } });
    } catch (error) {
      if (!own.signal.aborted) {
        setState({ kind: "failed", fileName: file.name, error });
      }
    }
    // A refused file stands in the list too.
    await queryClient.invalidateQueries(trpc.imports.pathFilter());
  };
  return {
    state,
    send: (file: File) => void send(file),
    cancel: () => {
      controller.current?.abort();
      setState({ kind: "idle" });
    },
    fail: (fileName: string, error: Error) => setState({ kind: "failed", fileName, error }),
  };
}
