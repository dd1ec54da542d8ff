import { endpoint } from '../endpoint.ts'
import {
  dailyReportQuery,
  dailyReportReply,
  dashboardReply,
  exportQuery,
  reportQuery,
  reportReply,
  schoolStatisticsReply,
  statisticsQuery,
  statisticsReply,
} from '../reports.ts'

/** What staff read of attendance as a whole: an admin of the school, a guru of her classes. */
export const reportsApi = {
  statistics: endpoint({
    method: 'GET',
    path: '/absensi/admin/statistics',
    who: 'staff',
    limit: 'user',
    summary: 'Counts and share of each status over a period, in all and by day.',
    query: statisticsQuery,
    reply: statisticsReply,
  }),
  dailyReport: endpoint({
    method: 'GET',
    path: '/absensi/admin/daily-report',
    who: 'staff',
    limit: 'user',
    summary: 'One session’s day: by class, who was late, who is absent, who has not come yet.',
    query: dailyReportQuery,
    reply: dailyReportReply,
  }),
  exportAbsensi: endpoint({
    method: 'GET',
    path: '/absensi/admin/export',
    who: 'staff',
    limit: 'heavy',
    summary: 'Attendances of a period as CSV or Excel.',
    query: exportQuery,
    reply: { file: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  }),
  dashboard: endpoint({
    method: 'GET',
    path: '/admin/dashboard',
    who: 'staff',
    limit: 'user',
    summary: 'Today at a glance, and what waits for a person; five minutes old at most.',
    reply: dashboardReply,
  }),
  schoolStatistics: endpoint({
    method: 'GET',
    path: '/admin/statistics',
    who: 'staff',
    limit: 'user',
    summary: 'The last thirty days, by day and by class; five minutes old at most.',
    reply: schoolStatisticsReply,
  }),
  report: endpoint({
    method: 'GET',
    path: '/admin/report',
    who: 'staff',
    limit: 'heavy',
    summary: 'A period by student, class or session, with flags; also as CSV or Excel (`format`).',
    query: reportQuery,
    reply: reportReply,
  }),
}
