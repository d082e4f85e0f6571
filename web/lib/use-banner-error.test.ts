import { useForm } from "@mantine/form";
import { TRPCClientError } from "@trpc/client";
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { useBannerError } from "./use-banner-error.ts";

afterEach(cleanup);

function refused(message: string, field: string | null): TRPCClientError<never> {
  return TRPCClientError.from({ error: { message, code: -32_600, data: { code: "CONFLICT", field } } } as never);
}

interface Shown {
  error: unknown;
  values: object;
}

function aForm() {
  const use = ({ error, values }: Shown) => useBannerError(error, values);
  const initialProps: Shown = { error: null, values: { handle: "maria", value: "5" } };
  return renderHook(use, { initialProps });
}

describe("the banner of a form", () => {
  it("says why it was refused until the input changes, and says it anew when that is refused too", () => {
    const { result, rerender } = aForm();
    expect(result.current).toBeNull();
    const first = { handle: "maria", value: "5" };
    rerender({ error: null, values: first });
    const error = refused("The server is busy.", null);
    rerender({ error, values: first });
    expect(result.current).toBe(error);
    const second = { ...first, value: "6" };
    rerender({ error, values: second });
    expect(result.current).toBeNull();
    rerender({ error: null, values: second });
    const again = refused("The server is busy.", null);
    rerender({ error: again, values: second });
    expect(result.current).toBe(again);
  });

  it("stays while a form shows errors and its fields are left, and goes with the next key", () => {
    const error = refused("The server is busy.", null);
    const use = () => {
      const form = useForm({ initialValues: { handle: "maria", value: "5" }, validateInputOnBlur: true });
      return { form, banner: useBannerError(error, form.values) };
    };
    const { result, rerender } = renderHook(use);
    act(() => result.current.form.setErrors({ handle: "Give the handle of a creator." }));
    act(() => void result.current.form.validateField("value"));
    rerender();
    expect(result.current.banner).toBe(error);
    act(() => result.current.form.setFieldValue("value", "6"));
    expect(result.current.banner).toBeNull();
  });

  it("says nothing that a field says, also where the server calls that by its place", () => {
    const { result, rerender } = aForm();
    const values = { handle: "mara", value: "5" };
    rerender({ error: refused("No creator has the handle mara.", "handle"), values });
    expect(result.current).toBeNull();
    rerender({ error: refused("A number.", "adjustment.value"), values });
    expect(result.current).toBeNull();
    const other = refused("This client is gone.", "clientId");
    rerender({ error: other, values });
    expect(result.current).toBe(other);
  });
});
