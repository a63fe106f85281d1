import { useAudioPlayback, useLocalParticipant } from "@livekit/components-react";
import type { ReactElement } from "react";
import { useObserved } from "../lib/observed";
import { Icon, type IconName } from "../ui/icons";
import type { PageCall } from "./call";
import { Keypad } from "./Keypad";
import { SoundSettings } from "./SoundSettings";
import type { KeypadKeys } from "./useKeypadKeys";

interface Props {
  call: PageCall;
  keys: KeypadKeys;
  panel: Panel;
  onPanel: (panel: Panel) => void;
  volume: number;
  onVolume: (volume: number) => void;
}

export type Panel = "keypad" | "sound" | null;

export function Controls({ call, keys, panel, onPanel, volume, onVolume }: Props): ReactElement {
  const { room, hasBegun } = useObserved(call.line.state);
  const toggle = (which: Panel) => onPanel(panel === which ? null : which);
  const isScreen = call.plan.how === "screen";
  const closeByEscape = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape" || panel === null) return;
    event.preventDefault();
    onPanel(null);
  };
  return (
    <footer className="controls" onKeyDown={closeByEscape}>
      {panel === "keypad" ? <Keypad keys={keys} /> : null}
      {panel === "sound" && room ? <SoundSettings hasMicrophone={call.plan.how === "voice"} volume={volume} onVolume={onVolume} /> : null}
      {room && call.plan.how === "voice" ? <BlockedSound /> : null}
      <div className="buttons">
        {room && hasBegun && call.plan.how === "voice" ? <Mute /> : null}
        {call.plan.how === "typing" ? <ReadAloud call={call} /> : null}
        {isScreen ? null : (
          <>
            <Control icon="keypad" label="Keypad" isOn={panel === "keypad"} onClick={() => toggle("keypad")} />
            <Control icon="settings" label="Sound" isOn={panel === "sound"} onClick={() => toggle("sound")} />
          </>
        )}
        <button type="button" className="control hang-up" onClick={() => call.line.hangUp()}>
          <Icon name={isScreen ? "close" : "hangUp"} />
          <span>{isScreen ? "Close" : "Hang up"}</span>
        </button>
      </div>
    </footer>
  );
}

interface ControlProps {
  icon: IconName;
  label: string;
  isOn: boolean;
  onClick: () => void;
}

function Control({ icon, label, isOn, onClick }: ControlProps): ReactElement {
  return (
    <button type="button" className="control" aria-expanded={isOn} onClick={onClick}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

function Mute(): ReactElement {
  const { localParticipant, isMicrophoneEnabled } = useLocalParticipant();
  return (
    <button
      type="button"
      className="control"
      aria-pressed={!isMicrophoneEnabled}
      onClick={() => void localParticipant.setMicrophoneEnabled(!isMicrophoneEnabled).catch(() => undefined)}
    >
      <Icon name={isMicrophoneEnabled ? "microphone" : "muted"} />
      <span>{isMicrophoneEnabled ? "Mute" : "Muted"}</span>
    </button>
  );
}

function ReadAloud({ call }: { call: PageCall }): ReactElement {
  const isAloud = useObserved(call.isAloud);
  return (
    <button type="button" className="control" aria-pressed={isAloud} onClick={() => call.setAloud(!isAloud)}>
      <Icon name={isAloud ? "speaking" : "silent"} />
      <span>Read aloud</span>
    </button>
  );
}

/** A browser that plays nothing before it is asked to. */
function BlockedSound(): ReactElement | null {
  const { canPlayAudio, startAudio } = useAudioPlayback();
  if (canPlayAudio) return null;
  return (
    <button type="button" className="quiet" onClick={() => void startAudio()}>
      <Icon name="sound" />
      Turn the sound on
    </button>
  );
}
