import { useMediaDeviceSelect } from "@livekit/components-react";
import type { ReactElement } from "react";

interface Props {
  hasMicrophone: boolean;
  volume: number;
  onVolume: (volume: number) => void;
}

const CAN_CHOOSE_SPEAKER = "setSinkId" in HTMLMediaElement.prototype;

export function SoundSettings({ hasMicrophone, volume, onVolume }: Props): ReactElement {
  return (
    <div className="panel sound" role="group" aria-label="Sound">
      {hasMicrophone ? <Device kind="audioinput" label="Microphone" /> : null}
      {CAN_CHOOSE_SPEAKER ? <Device kind="audiooutput" label="Speaker" /> : null}
      <label className="field">
        <span>Volume</span>
        <input
          type="range"
          min={0}
          max={100}
          step={5}
          value={Math.round(volume * 100)}
          onChange={(event) => onVolume(event.target.valueAsNumber / 100)}
        />
      </label>
    </div>
  );
}

function Device({ kind, label }: { kind: "audioinput" | "audiooutput"; label: string }): ReactElement {
  const { devices, activeDeviceId, setActiveMediaDevice } = useMediaDeviceSelect({ kind });
  return (
    <label className="field">
      <span>{label}</span>
      <select
        value={activeDeviceId}
        disabled={devices.length === 0}
        onChange={(event) => void setActiveMediaDevice(event.target.value).catch(() => undefined)}
      >
        {devices.length === 0 ? <option value={activeDeviceId}>The browser’s choice</option> : null}
        {devices.map((device, at) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label || `${label} ${at + 1}`}
          </option>
        ))}
      </select>
    </label>
  );
}
