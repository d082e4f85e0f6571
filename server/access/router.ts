import { permitted, router, signedIn } from "../trpc/trpc.ts";
import { addMember, changeRole, getMembers, removeMember } from "./members.ts";
import { memberAddInput, memberRemoveInput, memberRoleInput } from "./schema.ts";
import { describeSession, getClient, getFreshness, listClients } from "./service.ts";

export const sessionRouter = router({
  me: signedIn.query(({ ctx }) => describeSession(ctx.db, ctx.actor)),
});

export const clientsRouter = router({
  list: signedIn.query(({ ctx }) => listClients(ctx.db, ctx.actor)),
  get: permitted("client:read").query(({ ctx }) => getClient(ctx.db, ctx.client, ctx.role)),
  freshness: permitted("client:read").query(({ ctx }) => getFreshness(ctx.db, ctx.client, ctx.now())),
});

export const membersRouter = router({
  list: permitted("members:read").query(({ ctx }) => getMembers(ctx.db, ctx.actor, ctx.client)),
  add: permitted("members:write")
    .input(memberAddInput)
    .mutation(({ ctx, input }) => addMember(ctx.db, ctx.actor, ctx.client, input)),
  changeRole: permitted("members:write")
    .input(memberRoleInput)
    .mutation(({ ctx, input }) => changeRole(ctx.db, ctx.actor, ctx.client, input)),
  remove: permitted("members:write")
    .input(memberRemoveInput)
    .mutation(({ ctx, input }) => removeMember(ctx.db, ctx.actor, ctx.client, input.adminId)),
});
