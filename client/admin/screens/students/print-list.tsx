import { useEffect, useState } from 'preact/hooks'
import type { Student } from '../../../../shared/contract/people.ts'
import { Button } from '../../../ui/button.tsx'
import { useAdmin, useLanguage, useWords } from '../../app-context.ts'
import { formatCount } from '../../format.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAct } from '../../parts/use-act.ts'
import { common } from '../../texts.ts'
import { listAll } from './list-all.ts'
import { tellFace, tellState } from './tell-student.ts'
import { studentTexts } from './texts.ts'

function WholeList({ students }: { students: readonly Student[] }) {
  const words = useWords(studentTexts)
  const language = useLanguage()
  return (
    <table class="dense" data-testid="print-list">
      <caption class="hidden-text">{words.title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.number}</th>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.nim}</th>
          <th scope="col">{words.kelas}</th>
          <th scope="col">{words.face}</th>
          <th scope="col">{words.state}</th>
        </tr>
      </thead>
      <tbody>
        {students.map((student, place) => (
          <tr key={student.id}>
            <td>{formatCount(place + 1, language)}</td>
            <td>{student.name}</td>
            <td class="numbers">{student.nim}</td>
            <td>{student.kelas ?? '–'}</td>
            <td>{tellFace(student, language)}</td>
            <td>{tellState(student, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/**
 * Prints every student the filters let through: the list on the screen holds only what can be seen of it. Printed by the
 * browser's own menu it is that part, and says so.
 */
export function PrintList({ query, total }: { query: Readonly<Record<string, string>>; total: number }) {
  const words = useWords(studentTexts)
  const general = useWords(common)
  const language = useLanguage()
  const { api } = useAdmin()
  const act = useAct()
  const [students, setStudents] = useState<readonly Student[] | null>(null)
  useEffect(() => {
    if (students === null) return
    const drop = () => setStudents(null)
    addEventListener('afterprint', drop)
    window.print()
    return () => removeEventListener('afterprint', drop)
  }, [students])
  return (
    <>
      <div class="row-actions">
        <Button
          busy={act.busy}
          onPress={() => act.run(async () => setStudents(await listAll(api, query)))}
          testId="print-students"
        >
          {general.print}
        </Button>
      </div>
      {act.problem && <ProblemLine problem={act.problem} />}
      <div class="on-paper">
        {students ? (
          <WholeList students={students} />
        ) : (
          <p data-testid="print-part">{words.printPart(formatCount(total, language))}</p>
        )}
      </div>
    </>
  )
}
