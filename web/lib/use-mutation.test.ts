import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { createElement } from "react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useMutation } from "./use-mutation.ts";

afterEach(cleanup);

/** A mutation whose answers are given by hand, in the order in which they were asked for. */
function aMutation() {
  const answers: ((text: string) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  const send = vi.fn<(asked: { planId: string }) => Promise<string>>(
    () =>
      new Promise<string>((resolve, reject) => {
        answers.push(resolve);
        failures.push(reject);
      }),
  );
  const onSuccess = vi.fn<(answer: string) => void>();
  const queryClient = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) =>
    createElement(QueryClientProvider, { client: queryClient }, children);
  const use = () => useMutation({ mutationFn: send, onSuccess: (answer: string) => onSuccess(answer) });
  const { result } = renderHook(use, { wrapper });
  return { result, send, onSuccess, answers, failures };
}

describe("a mutation", () => {
  it("that is asked for twice before anything was drawn is sent once, and its answer stays", async () => {
    const { result, send, onSuccess, answers } = aMutation();
    const { mutate, mutateAsync } = result.current;
    let second: Promise<string> | undefined;
    await act(async () => {
      mutate({ planId: "a" });
      mutate({ planId: "a" });
      second = mutateAsync({ planId: "a" });
      await Promise.resolve();
    });
    expect(send).toHaveBeenCalledOnce();
    await act(async () => answers[0]!("445 created"));
    await waitFor(() => expect(result.current.data).toBe("445 created"));
    expect(await second).toBe("445 created");
    expect(onSuccess).toHaveBeenCalledOnce();
  });

  it("goes on beside another of the same button that asks for something else", async () => {
    const { result, send } = aMutation();
    await act(async () => {
      result.current.mutate({ planId: "a" });
      result.current.mutate({ planId: "b" });
      await Promise.resolve();
    });
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("can be sent again once it was answered or has failed", async () => {
    const { result, send, answers, failures } = aMutation();
    const ask = () =>
      act(async () => {
        result.current.mutate({ planId: "a" });
        await Promise.resolve();
      });
    await ask();
    await act(async () => failures[0]!(new Error("No connection")));
    await waitFor(() => expect(result.current.error?.message).toBe("No connection"));
    await ask();
    await act(async () => answers[1]!("1 created"));
    await waitFor(() => expect(result.current.data).toBe("1 created"));
    await ask();
    expect(send).toHaveBeenCalledTimes(3);
  });
});
