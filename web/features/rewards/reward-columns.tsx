import { IconPencil } from "@tabler/icons-react";
import type { RewardDto } from "../../../server/rewards/schema.ts";
import { useClient } from "../../lib/client.tsx";
import type { ClientContext } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { FREQUENCY_WORDS, REWARD_TYPE_WORDS, rewardValueText } from "../../lib/reward-words.ts";
import { ActionButton, IconAction } from "../../ui/action-button.tsx";
import { ListCard } from "../../ui/list-card.tsx";
import { StatusText } from "../../ui/status.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Unknown, When } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import classes from "./rewards.module.css";

/** Name, worth, for whom, how often, who gives it. Owners open the form by the name. */
export function rewardColumns(client: ClientContext, onEdit: (reward: RewardDto) => void): Column<RewardDto>[] {
  const canEdit = client.can("rewards:write");
  return [
    {
      id: "name",
      header: "Reward",
      skeleton: 140,
      cell: (reward) => {
        const name = canEdit ? (
          <button type="button" className={classes.name} onClick={() => onEdit(reward)}>
            {reward.name}
          </button>
        ) : (
          reward.name
        );
        return reward.description === "" ? (
          name
        ) : (
          <TwoLines second={<Short text={reward.description} />}>{name}</TwoLines>
        );
      },
    },
    { id: "type", header: "Type", cell: (reward) => REWARD_TYPE_WORDS[reward.value.type] },
    { id: "worth", header: "Worth", cell: (reward) => rewardValueText(reward.value, client.currency) ?? <Unknown /> },
    { id: "tier", header: "Tier", cell: (reward) => <TierName id={reward.tierEligibility} /> },
    { id: "given", header: "Given", quiet: true, cell: (reward) => givenText(reward) },
    { id: "often", header: "How often", quiet: true, cell: (reward) => oftenText(reward) },
    { id: "missions", header: "Missions", align: "right", cell: (reward) => <Count value={reward.missions} /> },
    { id: "state", header: "State", cell: (reward) => <State reward={reward} /> },
    { id: "created", header: "Created", quiet: true, cell: (reward) => <When at={reward.createdAt} as="day" /> },
  ];
}

function givenText(reward: RewardDto): string {
  return reward.redemptionType === "instant" ? "at once" : "on a date";
}

function oftenText({ redemptionFrequency, redemptionQuantity }: RewardDto): string {
  const often = FREQUENCY_WORDS[redemptionFrequency];
  return redemptionQuantity === 1 ? often : `${countOf(redemptionQuantity, "piece")}, ${often}`;
}

function Short({ text }: { text: string }) {
  return (
    <span className={classes.short} title={text}>
      {text}
    </span>
  );
}

function State({ reward }: { reward: RewardDto }) {
  return reward.enabled ? (
    <StatusText status="done">Enabled</StatusText>
  ) : (
    <StatusText status="asleep">Switched off</StatusText>
  );
}

/** The pencil of a row; a viewer reads the reason. */
export function RewardEditAction({ reward, onEdit }: { reward: RewardDto; onEdit: () => void }) {
  const client = useClient();
  return (
    <IconAction label={`Edit ${reward.name}`} reason={client.reasonFor("rewards:write")} onClick={onEdit}>
      <IconPencil size={16} stroke={1.75} />
    </IconAction>
  );
}

/** A reward on the phone. */
export function RewardCard({ reward, onEdit }: { reward: RewardDto; onEdit: () => void }) {
  const client = useClient();
  return (
    <ListCard
      title={reward.name}
      end={<State reward={reward} />}
      facts={[
        REWARD_TYPE_WORDS[reward.value.type],
        rewardValueText(reward.value, client.currency),
        <TierName key="tier" id={reward.tierEligibility} />,
        givenText(reward),
        countOf(reward.missions, "mission"),
      ].filter((fact) => fact !== null)}
      actions={
        <ActionButton size="xs" reason={client.reasonFor("rewards:write")} onClick={onEdit}>
          Edit…
        </ActionButton>
      }
    />
  );
}
