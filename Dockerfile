# One image for all processes: the server (default), a worker (node dist/server/worker.js) and the command line
# (node dist/server/cli.js <command>). The database is yours, by DATABASE_URL; the embedded one is left out.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# Generates the database client and builds dist/server and dist/web, as `npm start` would.
RUN node scripts/build-all.mjs

FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are binaries of the embedded database and of build tools.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /app
# Two arenas: with one for each thread, as glibc does by itself, the process holds some 60 MB more.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 MUSTER_DATA_DIR=/data MALLOC_ARENA_MAX=2
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/package.json ./
COPY --from=build /app/prisma/migrations ./prisma/migrations
# The inbox lies in /data; everything else is in the database.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1 and handles SIGTERM: running steps finish or are given back within ten seconds.
CMD ["node", "dist/server/main.js"]
