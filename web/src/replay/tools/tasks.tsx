import { plural } from "@/format/count";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { Output } from "./Output";
import { asText, flagOf, type JsonRecord, member, recordsOf, textOf, textsOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

interface Task {
  id: string | undefined;
  subject: string;
  status: string;
  owner: string | undefined;
  blockedBy: string[];
}

export const todos: ToolView = {
  names: ["TodoWrite"],
  inWords: true,
  summary: ({ input }) => {
    const tasks = recordsOf(input, "todos")?.map(taskOf) ?? [];
    const done = tasks.filter((task) => task.status === "completed").length;
    return `${done} of ${plural(tasks.length, "task")} done`;
  },
  needs: ["input"],
  Body: (props) => <TaskListBody {...props} tasks={recordsOf(props.tool.input, "todos")?.map(taskOf)} />,
};

export const tasks: ToolView = {
  names: ["TaskCreate", "TaskUpdate", "TaskGet", "TaskList"],
  inWords: true,
  summary: ({ name, input, result }) => {
    const subject = textOf(input, "subject") ?? textOf(member(result, "task"), "subject");
    const id = textOf(input, "taskId");
    const listed = recordsOf(result, "tasks")?.length;
    return name === "TaskList" && listed !== undefined
      ? plural(listed, "task")
      : [id && `#${id}`, subject].filter(Boolean).join(" ");
  },
  aside: ({ input, result }) => {
    const change = member(result, "statusChange");
    const from = textOf(change, "from");
    const to = textOf(change, "to") ?? textOf(input, "status");
    return to === undefined
      ? undefined
      : from === undefined
        ? statusWords(to)
        : `${statusWords(from)} → ${statusWords(to)}`;
  },
  Body: TasksBody,
};

function TasksBody(props: ToolBodyProps) {
  const { input, result } = props.tool;
  const listed = recordsOf(result, "tasks")?.map(taskOf);
  if (listed) {
    return <TaskListBody {...props} tasks={listed} />;
  }
  const description = textOf(input, "description") ?? textOf(member(result, "task"), "description");
  if (flagOf(result, "success") === false) {
    return <Output {...props} />;
  }
  return description === undefined ? null : (
    <p className="tool-remark">
      <Visible text={description.slice(0, 1_000)} />
    </p>
  );
}

function taskOf(record: JsonRecord): Task {
  return {
    id: asText(record.id),
    subject: asText(record.content) ?? asText(record.subject) ?? "",
    status: asText(record.status) ?? "",
    owner: asText(record.owner),
    blockedBy: textsOf(record, "blockedBy") ?? [],
  };
}

const TASKS_MAX = 100;

function TaskListBody({ tasks: list, ...props }: ToolBodyProps & { tasks: Task[] | undefined }) {
  if (!list || props.tool.is_error) {
    return <Output {...props} />;
  }
  return (
    <ul className="task-list">
      {list.slice(0, TASKS_MAX).map((task, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: tasks may repeat, places do not
        <li key={place} className={`task task-${STATES.has(task.status) ? task.status : "other"}`}>
          <span className="task-mark" aria-hidden="true">
            {STATES.get(task.status)?.mark ?? "·"}
          </span>
          <span className="visually-hidden">{statusWords(task.status)}: </span>
          <span className="task-subject">
            {task.id !== undefined && (
              <span className="mono quiet">#{<Visible text={task.id.slice(0, 20)} />} </span>
            )}
            <Visible text={task.subject.slice(0, 500)} />
            {task.owner !== undefined && (
              <span className="quiet">
                {" "}
                <Visible text={task.owner.slice(0, 60)} />
              </span>
            )}
            {task.blockedBy.length > 0 && (
              <span className="quiet">
                {" "}
                after{" "}
                <Visible
                  text={task.blockedBy
                    .map((id) => `#${id}`)
                    .join(", ")
                    .slice(0, 80)}
                />
              </span>
            )}
          </span>
        </li>
      ))}
      {list.length > TASKS_MAX && (
        <li className="tool-remark">{plural(list.length - TASKS_MAX, "more task")}</li>
      )}
    </ul>
  );
}

const STATES = new Map([
  ["pending", { mark: "○", words: "to do" }],
  ["in_progress", { mark: "◐", words: "in progress" }],
  ["completed", { mark: "●", words: "done" }],
]);

const statusWords = (status: string) =>
  STATES.get(status)?.words ?? visibleLine(status, 40).replaceAll("_", " ");
