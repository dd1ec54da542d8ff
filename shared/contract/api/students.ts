import { okReply } from '../auth.ts'
import { endpoint, idParams, listOf } from '../endpoint.ts'
import { importReply, importRequest } from '../import.ts'
import {
  classCodesReply,
  classCodesRequest,
  codeReply,
  dropdownQuery,
  dropdownReply,
  newStudentRequest,
  promoteReply,
  promoteRequest,
  studentSchema,
  studentsQuery,
} from '../people.ts'

const list = { method: 'GET', who: 'staff', limit: 'user', query: studentsQuery, reply: listOf(studentSchema) } as const

/** `/admin/students`: a guru sees the students of her classes. */
export const studentsApi = {
  list: endpoint({ ...list, path: '/admin/students', summary: 'Students, searched by NIM and name.' }),
  dropdown: endpoint({
    method: 'GET',
    path: '/admin/students/dropdown',
    who: 'staff',
    limit: 'user',
    summary: 'Active students to choose from, by class and name.',
    query: dropdownQuery,
    reply: dropdownReply,
  }),
  withoutFace: endpoint({ ...list, path: '/admin/students/without-face', summary: 'Students without a face.' }),
  withFace: endpoint({ ...list, path: '/admin/students/with-face', summary: 'Students with a face.' }),
  add: endpoint({
    method: 'POST',
    path: '/admin/students',
    who: 'admin',
    limit: 'user',
    summary: 'Adds a student; the reply shows the activation code once.',
    body: newStudentRequest,
    reply: codeReply,
    status: 201,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/admin/students/{id}',
    who: 'admin',
    limit: 'user',
    confirm: true,
    summary: 'Deletes a student with everything she has: face, data key, attendance, devices.',
    params: idParams,
    reply: okReply,
  }),
  codes: endpoint({
    method: 'POST',
    path: '/admin/students/codes',
    who: 'admin',
    limit: 'heavy',
    confirm: true,
    summary: 'New activation codes for a class, to print: for whoever has not activated her account yet. Shown once.',
    body: classCodesRequest,
    reply: classCodesReply,
  }),
  promote: endpoint({
    method: 'POST',
    path: '/admin/students/promote',
    who: 'admin',
    limit: 'heavy',
    summary: 'Moves classes on, all in one act: a preview with counts, then the commit of that preview.',
    body: promoteRequest,
    reply: promoteReply,
  }),
  bulk: endpoint({
    method: 'POST',
    path: '/admin/students/bulk',
    who: 'admin',
    limit: 'heavy',
    summary: "Imports the school's list (CSV or XLSX): a preview with its errors, then the commit, all or nothing.",
    body: importRequest,
    maxBody: 8 * 1024 * 1024,
    reply: importReply,
  }),
}
