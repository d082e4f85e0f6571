import react from "@vitejs/plugin-react";
import { defineConfig, loadEnv } from "vite";

/** Builds the console to dist/web; in development it stands in front of the server and hands /trpc and /api on to it. */
export default defineConfig(({ mode }) => {
  const { PORT = "3000" } = loadEnv(mode, import.meta.dirname, "");
  const server = { target: `http://127.0.0.1:${PORT}`, changeOrigin: false };
  return {
    root: "web",
    plugins: [react()],
    server: { proxy: { "/trpc": server, "/api": server } },
    build: {
      outDir: "../dist/web",
      emptyOutDir: true,
      manifest: true,
      // Fonts and icons stay files: inlined they would be refused by a strict font-src and swell the first CSS.
      assetsInlineLimit: 0,
    },
  };
});
