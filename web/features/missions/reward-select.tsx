import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MissionRewardDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import classes from "./missions.module.css";
import { RewardDialog } from "./reward-dialog.tsx";

interface Props {
  value: string | null;
  onChange: (rewardId: string | null) => void;
  error: React.ReactNode;
  /** The reward the mission has now: it stays a choice, also when it is switched off. */
  current: MissionRewardDto | null;
}

type Known = Pick<MissionRewardDto, "id" | "name" | "enabled">;

/** The reward of a mission: searched on the server, and made on the spot where there is none. */
export function RewardSelect({ value, onChange, error, current }: Props) {
  const client = useClient();
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const [isCreating, setCreating] = useState(false);
  const [kept, setKept] = useState<readonly Known[]>(current === null ? [] : [current]);
  const isName = kept.some((reward) => labelOf(reward) === q);
  const found = useQuery(
    trpc.rewards.list.queryOptions(
      { clientId: client.id, q: q === "" || isName ? undefined : q, limit: 100 },
      { placeholderData: keepPreviousData },
    ),
  );
  const rewards = merge(kept, found.data?.rows.filter((reward) => reward.enabled) ?? []);
  const choose = (rewardId: string | null) => {
    setKept(
      merge(
        kept,
        rewards.filter((reward) => reward.id === rewardId),
      ),
    );
    onChange(rewardId);
  };
  return (
    <div className={classes.withButton}>
      <Select
        label="Reward"
        description="May wait until the mission is activated"
        placeholder="None yet"
        searchable
        clearable
        nothingFoundMessage={found.isError ? "The rewards could not be read." : "No reward of this name"}
        data={rewards.map((reward) => ({ value: reward.id, label: labelOf(reward) }))}
        value={value}
        onChange={choose}
        searchValue={text}
        onSearchChange={setText}
        error={error}
      />
      <ActionButton
        leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
        reason={client.reasonFor("rewards:write")}
        onClick={() => setCreating(true)}
      >
        New reward…
      </ActionButton>
      {isCreating ? (
        <RewardDialog
          onClose={() => setCreating(false)}
          onCreated={(reward) => {
            setKept(merge(kept, [reward]));
            onChange(reward.id);
          }}
        />
      ) : null}
    </div>
  );
}

function labelOf(reward: Known): string {
  return reward.enabled ? reward.name : `${reward.name} (switched off)`;
}

function merge(one: readonly Known[], other: readonly Known[]): Known[] {
  return [...one, ...other.filter((reward) => one.every((known) => known.id !== reward.id))];
}
