import { useEffect, useState } from "react";

/** The present instant, renewed every `milliseconds`: for ages that must not go stale on an open page. */
export function useNow(milliseconds = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return now;
}
