import type { Bench } from "../bench.ts";
import { byOwner } from "../ground.ts";
import { seeded } from "../pipeline.ts";
import { settle } from "../postgres.ts";
import { result } from "../result.ts";

const TABLES = { progress_row: "mission_progress", video: "videos", creator: "users" } as const;

export const storageBench: Bench = {
  name: "storage",
  about: "bytes on disk per row, indexes included, of the three tables that grow",
  isCheap: false,
  run: async (ground) => {
    await seeded(ground);
    await settle(ground, ...Object.values(TABLES));
    return Promise.all(
      Object.entries(TABLES).map(async ([name, table]) => {
        const { rows } = await byOwner(
          ground,
          `select pg_total_relation_size($1::regclass)::float8 / greatest(1, count(*)) as bytes from ${table}`,
          [table],
        );
        return result(`storage.${name}`, rows[0].bytes, "bytes");
      }),
    );
  },
};
