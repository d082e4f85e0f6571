import { z } from "zod";

// Imported before any schema is made: zod would otherwise try `new Function`, which our content policy refuses, and
// every page would open with a violation in its console.
z.config({ jitless: true });
