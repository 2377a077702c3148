import { plural } from "@/format/count";
import { Visible } from "../text/Visible";
import { Output } from "./Output";
import { asText, flagOf, type JsonRecord, member, recordsOf, textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

const TEXT_MAX = 1_000;

export const question: ToolView = {
  names: ["AskUserQuestion"],
  inWords: true,
  summary: ({ input }) => {
    const questions = recordsOf(input, "questions") ?? [];
    return questions.length === 1 ? textOf(questions[0], "question") : plural(questions.length, "question");
  },
  needs: ["input"],
  Body: QuestionBody,
};

function QuestionBody(props: ToolBodyProps) {
  const { input, result } = props.tool;
  const questions = recordsOf(input, "questions");
  if (!questions) {
    return <Output {...props} />;
  }
  const answers = member(result, "answers") ?? member(input, "answers");
  return (
    <div className="tool-output questions">
      {questions.map((each, place) => (
        <Question
          // biome-ignore lint/suspicious/noArrayIndexKey: questions do not move
          key={place}
          question={each}
          answer={textOf(answers, textOf(each, "question") ?? "")}
        />
      ))}
      {answers === undefined && !props.tool.is_error && <Output {...props} />}
    </div>
  );
}

function Question({ question: asked, answer }: { question: JsonRecord; answer: string | undefined }) {
  const options = recordsOf(asked, "options") ?? [];
  const known = options.some((option) => option.label === answer);
  return (
    <div className="question">
      <p className="serif question-text">
        <Visible text={(asText(asked.question) ?? "").slice(0, TEXT_MAX)} />
      </p>
      {flagOf(asked, "multiSelect") && <p className="tool-remark">Several answers may be chosen.</p>}
      <ul>
        {options.map((option, place) => {
          const label = asText(option.label) ?? "";
          const chosen = answer !== undefined && (answer === label || answer.split(", ").includes(label));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: options do not move
            <li key={place} className={chosen ? "question-chosen" : undefined}>
              <span aria-hidden="true">{chosen ? "●" : "○"}</span>
              <span>
                <Visible text={label.slice(0, TEXT_MAX)} />
                {chosen && <span className="visually-hidden"> (chosen)</span>}
                {asText(option.description) !== undefined && (
                  <span className="quiet">
                    {" "}
                    <Visible text={(asText(option.description) ?? "").slice(0, TEXT_MAX)} />
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {answer !== undefined && !known && (
        <p>
          <span className="tool-label">Answer</span> <Visible text={answer.slice(0, TEXT_MAX)} />
        </p>
      )}
    </div>
  );
}
