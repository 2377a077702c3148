import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { decideDevice, inspectDevice } from "@/api/capture";
import { isApiError, messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { selfQuery } from "@/api/self";
import type { DeviceRequest } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Threshold } from "@/sign-in/Threshold";
import { Button } from "@/ui/Button";
import { Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { Time } from "@/ui/Time";
import "./DevicePage.css";

/** Where a device sends its person: they compare its code and let it deliver in their name, or do not. */
export function DevicePage() {
  const { code } = useSearch({ from: "/device" });
  return code === undefined ? <CodeForm /> : <Asked key={code} code={code} />;
}

function CodeForm({ refused }: { refused?: string }) {
  const navigate = useNavigate();
  return (
    <Threshold title="Sign a device in">
      <p>The device that asks shows a code of eight letters.</p>
      <form
        className="form"
        onSubmit={onSubmit((field) => {
          void navigate({ to: "/device", search: { code: field("code").trim() } });
        })}
      >
        <Field
          label="Code"
          name="code"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="BCDF-GHJK"
          required
          autoFocus
        />
        <FormError message={refused} />
        <Button look="primary" type="submit">
          Go on
        </Button>
      </form>
    </Threshold>
  );
}

function Asked({ code }: { code: string }) {
  const asked = useQuery({
    queryKey: queryKeys.deviceRequest(code),
    queryFn: () => inspectDevice(code),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (asked.isPending) {
    return (
      <Threshold title="Sign a device in">
        <p role="status">One moment …</p>
      </Threshold>
    );
  }
  if (asked.isError) {
    return isApiError(asked.error, "not_found") ? (
      <CodeForm refused={messageOf(asked.error)} />
    ) : (
      <Threshold title="Sign a device in">
        <p role="alert">{messageOf(asked.error)}</p>
      </Threshold>
    );
  }
  return <Question code={code} request={asked.data} />;
}

function Question({ code, request }: { code: string; request: DeviceRequest }) {
  const { data: self } = useSuspenseQuery(selfQuery);
  const [answer, setAnswer] = useState<boolean>();
  const decide = useMutation({
    mutationFn: (approve: boolean) => decideDevice({ code, approve }),
    onSuccess: (_, approve) => setAnswer(approve),
  });
  const name = visibleLine(request.device_name || "A device without a name", 80);

  if (answer !== undefined) {
    return (
      <Threshold title={answer ? "The device is signed in" : "The device was not let in"}>
        <p role="status">
          {answer ? (
            <>
              <strong>{name}</strong> delivers as {request.person} from now on. Go back to it; this page can
              be closed. Its key stands among the workspace’s keys, where it can be revoked.
            </>
          ) : (
            <>
              <strong>{name}</strong> was given no key. If you did not start this, tell whoever runs Argus
              here.
            </>
          )}
        </p>
      </Threshold>
    );
  }
  return (
    <Threshold title="Is this your device?">
      <p>
        It asks to deliver sessions in your name. Approve it only if you started this on it just now, and it
        shows this code.
      </p>
      <p className="device-code">
        <span className="visually-hidden">Code: </span>
        {codeWords(code)}
      </p>
      <dl className="device-facts">
        <dt>Device</dt>
        <dd>{name}</dd>
        <dt>Workspace</dt>
        <dd>{request.workspace}</dd>
        <dt>{request.projects.length === 1 ? "Project" : "Projects"}</dt>
        <dd>{request.projects.join(", ")}</dd>
        <dt>In the name of</dt>
        <dd>
          {self.name}, {request.person}
        </dd>
        <dt>Asked</dt>
        <dd>
          <Time at={request.asked_at} />
        </dd>
      </dl>
      <FormError message={decide.error ? messageOf(decide.error) : undefined} />
      <div className="form-actions">
        <Button look="primary" disabled={decide.isPending} onClick={() => decide.mutate(true)}>
          Approve
        </Button>
        <Button disabled={decide.isPending} onClick={() => decide.mutate(false)}>
          Deny
        </Button>
      </div>
    </Threshold>
  );
}

/** As the device shows it: in two halves. */
function codeWords(code: string): string {
  const letters = code.toUpperCase().replace(/[^A-Z]/g, "");
  return `${letters.slice(0, 4)}-${letters.slice(4, 8)}`;
}
